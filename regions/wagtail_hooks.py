"""Regions in Wagtail's admin, for national administrators."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from cms.accounts.requests import SignedInRequest
from regions.admin_views import RegionCreateView, RegionIndexView
from regions.archiving_views import ArchiveView
from regions.dashboard import consents, first_steps, houses, people, writing
from regions.dashboard import enquiries as enquiry_sections
from regions.enquiries import admin_views as enquiries
from regions.exports.admin_views import ExportView, RegionDeleteView
from regions.exports.admin_views import register_log as register_export_log
from regions.forms import RegionForm
from regions.handbook import views as handbook
from regions.handbook.welcome import Welcome
from regions.isolation import hooks as isolation_hooks  # noqa: F401 - registers itself
from regions.isolation.declarations import (
    checked_by_view,
    declare,
    declare_viewset,
    plain_value,
    reachable_page,
)
from regions.models import Region
from regions.people import hooks as people_hooks  # noqa: F401 - registers itself
from regions.trash import hooks as trash_hooks  # noqa: F401 - registers itself


class RegionViewSet(ModelViewSet):
    """List, create and change regions; creating one provisions its house."""

    model = Region
    icon = "home"
    menu_label = _("Regions")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["name", "land", "archived_on"]
    search_fields = ["name", "land"]
    copy_view_enabled = False
    index_view_class = RegionIndexView
    add_view_class = RegionCreateView
    delete_view_class = RegionDeleteView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the addresses of the export and of archiving to Wagtail's."""
        export = path("export/<int:pk>/", ExportView.as_view(), name="export")
        archive = path("archivieren/<int:pk>/", ArchiveView.as_view(), name="archive")
        return [*super().get_urlpatterns(), export, archive]

    def get_form_class(self, for_update: bool = False) -> type[RegionForm]:
        """The form that also provisions the region when it is saved."""
        return RegionForm


declare_viewset("regionen")
declare("regionen:export", "regionen:archive", pk=checked_by_view)
# The page of one asks `enquiries_for`.
declare("enquiries", "enquiry_results")
declare("enquiry", key=checked_by_view)


@hooks.register("register_admin_viewset")
def register_regions() -> RegionViewSet:
    """Add regions to the menu."""
    return RegionViewSet("regionen", url_prefix="regionen")


declare("copy_as_draft", page_id=reachable_page)
declare("own_handbook", "dismiss_welcome")
declare("handbook", chapter=plain_value)


@hooks.register("construct_homepage_panels")
def add_sections(request: SignedInRequest, panels: list[Component]) -> None:
    """Add what waits in the houses to the start page."""
    kinds = (
        consents.WithdrawnConsents,
        enquiry_sections.OpenEnquiries,
        first_steps.FirstSteps,
        people.PeopleOfTheHouse,
        people.HousesWithoutLead,
        houses.QuietHouses,
        houses.Drift,
        writing.WriteNew,
        Welcome,
    )
    panels += [kind(request.user) for kind in kinds]


@hooks.register("register_admin_urls")
def register_handbook_urls() -> list[URLPattern]:
    """The handbook, and dismissing the welcome."""
    return [
        path("handbuch/", handbook.own_chapter, name="own_handbook"),
        path("handbuch/<slug:chapter>/", handbook.chapter, name="handbook"),
        path("willkommen/", handbook.dismiss_welcome, name="dismiss_welcome"),
    ]


@hooks.register("register_admin_menu_item")
def register_handbook_menu_item() -> MenuItem:
    """At the end of the menu, for everybody."""
    return handbook.MENU_ITEM


@hooks.register("register_admin_urls")
def register_writing_url() -> list[URLPattern]:
    """Beginning a page as a copy of the last one."""
    return [path("wie-letztes-mal/<int:page_id>/", writing.copy_last, name="copy_as_draft")]


@hooks.register("register_admin_urls")
def register_enquiry_urls() -> list[URLPattern]:
    """The list of enquiries, and the page to work on one."""
    return [
        path("anfragen/", enquiries.EnquiryList.as_view(), name="enquiries"),
        path(
            "anfragen/liste/",
            enquiries.EnquiryList.as_view(results_only=True),
            name="enquiry_results",
        ),
        path("anfragen/<uuid:key>/", enquiries.EnquiryDetail.as_view(), name="enquiry"),
    ]


@hooks.register("register_admin_menu_item")
def register_enquiry_menu_item() -> MenuItem:
    """Near the top of the menu: somebody is waiting for an answer."""
    return enquiries.MENU_ITEM


@hooks.register("register_log_actions")
def register_exports_log(actions: LogActionRegistry) -> None:
    """How the history names exports and deletions of regions."""
    register_export_log(actions)

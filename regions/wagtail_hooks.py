"""Regions in Wagtail's admin, for national administrators."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from cms.accounts.requests import SignedInRequest
from regions.checklist import WelcomePanel
from regions.enquiries import admin_views as enquiries
from regions.exports.admin_views import ExportView, RegionDeleteView, RegionIndexView
from regions.exports.admin_views import register_log as register_export_log
from regions.forms import RegionForm
from regions.isolation import hooks as isolation_hooks  # noqa: F401 - registers itself
from regions.isolation.declarations import checked_by_view, declare, declare_viewset
from regions.models import Region
from regions.people import hooks as people_hooks  # noqa: F401 - registers itself


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
    delete_view_class = RegionDeleteView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the address of the export to Wagtail's."""
        export = path("export/<int:pk>/", ExportView.as_view(), name="export")
        return [*super().get_urlpatterns(), export]

    def get_form_class(self, for_update: bool = False) -> type[RegionForm]:
        """The form that also provisions the region when it is saved."""
        return RegionForm


declare_viewset("regionen")
declare("regionen:export", pk=checked_by_view)
# The page of one asks `enquiries_for`.
declare("enquiries", "enquiry_results")
declare("enquiry", key=checked_by_view)


@hooks.register("register_admin_viewset")
def register_regions() -> RegionViewSet:
    """Add regions to the menu."""
    return RegionViewSet("regionen", url_prefix="regionen")


@hooks.register("construct_homepage_panels")
def welcome_leads(request: SignedInRequest, panels: list[Component]) -> None:
    """Show leads of a young house what comes first."""
    panels.append(WelcomePanel(request.user))


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

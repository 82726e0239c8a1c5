"""Regions in Wagtail's admin, for national administrators."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet

from regions.checklist import WelcomePanel
from regions.forms import RegionForm
from regions.models import Region


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

    def get_form_class(self, for_update: bool = False) -> type[RegionForm]:
        """Our form, which also provisions."""
        return RegionForm


@hooks.register("register_admin_viewset")
def register_regions() -> RegionViewSet:
    """Add regions to the menu."""
    return RegionViewSet("regionen", url_prefix="regionen")


@hooks.register("construct_homepage_panels")
def welcome_leads(request: HttpRequest, panels: list[Component]) -> None:
    """Show leads of a young house what comes first."""
    panels.append(WelcomePanel(request.user))

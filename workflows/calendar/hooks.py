"""The calendar in Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.accounts.requests import SignedInRequest
from regions.isolation.declarations import declare
from workflows.calendar import views

declare("publishing_calendar")


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Where the months are shown."""
    view = views.CalendarView.as_view()
    return [path("berichte/kalender/", view, name="publishing_calendar")]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Among the reports, for everybody: it shows only what one may edit."""
    return views.MENU_ITEM


@hooks.register("construct_homepage_panels")
def add_link(request: SignedInRequest, panels: list[Component]) -> None:
    """The way there from the start page."""
    panels.append(views.CalendarLink())

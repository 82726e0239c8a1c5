"""The log in Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

import audit.log_actions  # noqa: F401 - registers its hooks
from audit.views import TrailView, menu_item
from regions.isolation.declarations import declare

declare("trail", "trail_results")


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path("berichte/protokoll/", TrailView.as_view(), name="trail"),
        path(
            "berichte/protokoll/liste/", TrailView.as_view(results_only=True), name="trail_results"
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Put the log first among the reports."""
    return menu_item()


@hooks.register("construct_reports_menu")
def replace_site_history(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's own history of the site knows no houses."""
    stock = reverse("wagtailadmin_reports:site_history")
    menu_items[:] = [item for item in menu_items if item.url != stock]

"""The review in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from cms.models import User
from regions.access import is_administrator
from workflows import views


@hooks.register("register_admin_urls")
def register_emergency_url() -> list[URLPattern]:
    """The address of publishing in an emergency."""
    return [path("notfall/<int:page_id>/", views.emergency, name="emergency_publication")]


@hooks.register("register_page_header_buttons")
def emergency_button(
    page: Page, user: User, next_url: str | None = None, view_name: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """Offered to administrators while something waits to be published."""
    if page.pk and page.has_unpublished_changes and is_administrator(user):
        yield Button(
            _("Publish in an emergency"),
            reverse("emergency_publication", args=[page.pk]),
            icon_name="warning",
            priority=90,
        )


@hooks.register("register_log_actions")
def register_emergency_log(actions: LogActionRegistry) -> None:
    """How the history names a publication without review."""

    @actions.register_action("workflows.emergency")
    class EmergencyFormatter(LogFormatter):
        label = _("Publish in an emergency")

        def format_message(self, log_entry: Any) -> str:
            return _("Published without a review: %(reason)s") % {
                "reason": log_entry.data.get("reason", "")
            }


@hooks.register("construct_main_menu")
def hide_unused_menu_items(request: Any, menu_items: list[MenuItem]) -> None:
    """Leave out what this site does not offer."""
    menu_items[:] = [item for item in menu_items if item.name not in {"help"}]

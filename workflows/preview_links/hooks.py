"""Preview links in Wagtail's admin: their addresses, their button, how the log names them."""

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from cms.models import User
from regions.isolation.declarations import checked_by_view, declare, reachable_page
from workflows.preview_links import admin_views, links

declare("preview_links", page_id=reachable_page)
declare("preview_link_revoke", pk=checked_by_view)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The links of a page, and revoking one."""
    return [
        path("vorschau-links/<int:page_id>/", admin_views.preview_links, name="preview_links"),
        path(
            "vorschau-links/<int:pk>/zurueckziehen/",
            admin_views.revoke_preview_link,
            name="preview_link_revoke",
        ),
    ]


@hooks.register("register_page_header_buttons")
def add_button(
    page: Page,
    user: User,
    next_url: str | None = None,
    view_name: str | None = None,
    **kwargs: object,
) -> Iterator[Button]:
    """Offered while there is something that readers do not see yet."""
    if page.pk and not page.alias_of_id and not links.is_all_public(page):
        yield Button(
            _("Show to somebody outside"),
            reverse("preview_links", args=[page.pk]),
            icon_name="view",
            priority=85,
        )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """How the history names what happened to a link."""
    for action, label in {
        links.CREATED_ACTION: _("Preview link made"),
        links.OPENED_ACTION: _("Preview link opened for the first time"),
        links.REVOKED_ACTION: _("Preview link revoked"),
    }.items():
        actions.register_action(action, label, label)

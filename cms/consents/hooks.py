"""Consents in Wagtail's admin: stored with the page, named in the log."""

from typing import cast

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from cms.consents.forms import NAMES, Consents
from cms.consents.records import RECORDED_ACTION, WITHDRAWN_ACTION
from cms.models import BasePage, User


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def store_consents(request: HttpRequest, page: Page) -> None:
    """Store what the panel sent, once the page is: a preview and a refused form store nothing."""
    if NAMES not in request.POST or not isinstance(page, BasePage) or not page.names_people:
        return
    user = cast(User, request.user)
    consents = Consents(page, page.people_named(), user, request.POST)
    if consents.is_valid():
        # Saved by itself, half a name would be somebody of its own.
        consents.record(page, user, with_further=request.accepts("text/html"))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """How the history names what happened."""
    for action, label in {
        RECORDED_ACTION: _("Consent recorded or changed"),
        WITHDRAWN_ACTION: _("Consent withdrawn"),
    }.items():
        actions.register_action(action, label, label)


@hooks.register("insert_global_admin_css")
def add_style() -> SafeString:
    """The panel in the editor."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-consents.css"))

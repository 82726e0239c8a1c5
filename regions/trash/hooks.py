"""Pages that are deleted in the admin are stored first."""

from collections.abc import Iterable

from django.db.models import Model
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from cms.editing.bulk_actions import topmost
from regions.isolation.declarations import checked_by_view, declare
from regions.trash import views
from regions.trash.storing import prepare

#: Where a request keeps what is stored once Wagtail has deleted it.
PREPARED = "_page_for_the_trash"

declare("trash")
# The view asks `deleted_pages_for`.
declare("trash_restore", pk=checked_by_view)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The trash, and bringing a page back."""
    return [
        path("papierkorb/", views.TrashView.as_view(), name="trash"),
        path("papierkorb/<int:pk>/zurueck/", views.restore_page, name="trash_restore"),
    ]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """At the end of the menu, for everybody."""
    return views.MENU_ITEM


@hooks.register("register_log_actions")
def register_log(actions: LogActionRegistry) -> None:
    """How the history names it."""
    views.register_log(actions)


@hooks.register("before_delete_page")
def read_page(request: SignedInRequest, page: Page) -> None:
    """Read what would be stored: Wagtail may still ask, or refuse."""
    if request.method == "POST":
        vars(request)[PREPARED] = prepare(page, request.user)


@hooks.register("after_delete_page")
def store_page(request: SignedInRequest, page: Page) -> None:
    """Store it, in the transaction that deleted, and say that it can be restored."""
    if (row := vars(request).pop(PREPARED, None)) is not None:
        row.save()
        text = _("It rests in the trash for 30 days and can be restored there.")
        messages.info(request, text, buttons=[messages.button(reverse("trash"), _("Trash"))])


@hooks.register("before_bulk_action")
def store_pages(
    request: SignedInRequest, kind: str, objects: Iterable[Model], action: BulkAction
) -> None:
    """The same for many at once; called in the transaction that deletes."""
    if kind == "delete" and issubclass(action.model, Page):
        pages = topmost([one for one in objects if isinstance(one, Page)])
        for row in filter(None, [prepare(page, request.user) for page in pages]):
            row.save()

"""Guards of names: what is shown of a thing that something within reach refers to."""

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import BaseLogEntry, Page

from cms.models import User
from regions.isolation import guard
from regions.isolation.reach import (
    can_traverse,
    can_view_draft,
    has_national_scope,
    is_public,
    reaches_media,
)

#: Stands for a picture that is not shown.
NO_PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@guard
def page_title(page: Page, user: User | None) -> str:
    """The title of ``page`` in the admin: of the newest draft only within reach.

    Of what is public everybody sees the public title; of another house's draft
    nothing.
    """
    newest = page.draft_title or page.title
    if user is None or can_view_draft(user, page):
        return newest
    if page.live or can_traverse(user, page):
        return page.title
    return _("Not public")


@guard
def page_name(page: Page, user: User | None) -> str:
    """The title of ``page`` where it is mentioned: in comparisons, lists of links, logs."""
    if user is None or page.live or can_view_draft(user, page) or can_traverse(user, page):
        return page.title
    return _("Not public")


@guard
def shows_item(item: Model, user: User | None) -> bool:
    """Whether title, address and picture may be shown of what a form or a text refers to."""
    if isinstance(item, Page):
        inside = user is not None and (can_view_draft(user, item) or can_traverse(user, item))
        return item.live or inside
    return user is None or reaches_media(user, item) or is_public(item)


@guard
def shows_log_message(entry: BaseLogEntry, user: User | None) -> bool:
    """Whether a log entry may name the pages it is about besides its own.

    It keeps the titles that their newest drafts had then.
    """
    if user is None or has_national_scope(user):
        return True
    parts = [entry.data.get(key) or {} for key in ("page", "source", "destination")]
    named = {part["id"] for part in parts if "id" in part}
    pages = Page.objects.in_bulk(named)
    return set(pages) == named and all(can_view_draft(user, page) for page in pages.values())


def without_name(data: dict[str, object], title_key: str) -> dict[str, object]:
    """What a chooser's widget shows of something out of reach: that there is something.

    Args:
        data: what the widget would show.
        title_key: the key of the title in it.
    """
    hidden = data | {title_key: _("Not public"), "edit_url": None}
    for key in ("preview", "default_alt_text", "file_extension", "filename", "url"):
        hidden.pop(key, None)
    if "parent_id" in data:
        hidden["parent_id"] = None
    if "preview" in data:
        hidden["preview"] = {"url": NO_PICTURE, "width": 1, "height": 1}
    return hidden

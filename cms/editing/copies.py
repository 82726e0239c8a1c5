"""A new page that begins as a copy of another one."""

from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from cms.models import BasePage, User


def copy_as_draft(page: BasePage, user: User) -> Page:
    """Copy the latest version of ``page`` beside it, as a draft of ``user``.

    What belongs to the day it was written (:meth:`cms.models.BasePage.values_of_a_copy`) begins
    anew, and the copy has no history.
    """
    latest = page.get_latest_revision_as_object()
    title = _("%(title)s (copy)") % {"title": latest.title}
    if len(title) > (page._meta.get_field("title").max_length or 0):
        title = latest.title
    values = {
        **latest.values_of_a_copy(),
        "title": title,
        "draft_title": title,
        "slug": find_available_slug(page.get_parent(), latest.slug),
    }
    return latest.copy(user=user, keep_live=False, copy_revisions=False, update_attrs=values)

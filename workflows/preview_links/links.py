"""Making, opening, revoking and deleting preview links; each but the last stands in the log."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page

from cms.jobs.registry import register as register_work
from cms.models import User
from cms.signed_links import SignedLink
from workflows.models import PreviewLink

PREVIEW_LINK = SignedLink(
    PreviewLink.objects.select_related("page", "created_by"),
    "preview_link",
    salt="workflows.preview_link",
)
CREATED_ACTION = "workflows.preview_link_created"
OPENED_ACTION = "workflows.preview_link_opened"
REVOKED_ACTION = "workflows.preview_link_revoked"
#: How long a row stays after its link has ended, for those who wonder why it does not open.
KEPT_FOR = datetime.timedelta(days=30)


def is_all_public(page: Page) -> bool:
    """Whether readers see the latest version of ``page`` anyway."""
    return page.live and not page.has_unpublished_changes


def create(
    page: Page,
    user: User,
    recipient: str,
    days: int,
    consent_name: str = "",
    consent_picture: bool = False,
) -> PreviewLink:
    """Make a link to the latest version of ``page``, whichever that is when it is opened.

    Args:
        page: a specific page.
        user: who makes it.
        recipient: for whom; only colleagues read it.
        days: how long it is valid.
        consent_name: who is asked to agree, as the page names them.
        consent_picture: whether to be shown as well.
    """
    expires = timezone.now() + datetime.timedelta(days=days)
    link = PreviewLink.objects.create(
        page=page,
        created_by=user,
        recipient=recipient,
        expires_at=expires,
        consent_name=consent_name,
        consent_picture=consent_picture,
    )
    _log(link, CREATED_ACTION, user)
    return link


def note_opening(link: PreviewLink) -> None:
    """Write the first opening down; nobody knows who it was."""
    first = PreviewLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())
    if first:
        _log(link, OPENED_ACTION)


def revoke(link: PreviewLink, user: User) -> None:
    """End ``link`` at once; pressing twice does it once."""
    valid = PreviewLink.objects.filter(pk=link.pk, revoked_at=None)
    if valid.update(revoked_at=timezone.now()):
        _log(link, REVOKED_ACTION, user)


def _log(link: PreviewLink, action: str, user: User | None = None) -> None:
    """The log names no recipient: it is kept for longer than the link."""
    log(link.page.specific, action, user=user, data={"expires": link.expires_at.isoformat()})


def delete_ended(now: datetime.datetime | None = None) -> str:
    """Delete links that ended 30 days ago.

    Returns:
        How many; nothing of their content.
    """
    number, _kinds = PreviewLink.objects.ended((now or timezone.now()) - KEPT_FOR).delete()
    return _("%(count)d deleted") % {"count": number}


def register() -> None:
    """Register the deletion as periodic work."""
    every, label = datetime.timedelta(hours=24), gettext_lazy("Deleting ended preview links")
    register_work("preview_links", every, delete_ended, label)

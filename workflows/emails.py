"""E-mails about a review: how they are sent, and the words of those that Wagtail sends.

- Approval and rejection (changes requested): Wagtail's own mails to whoever submitted the page;
  their German words are :data:`WAGTAIL_EMAILS`.
- Request for a review: ``workflows/notifications.py``, to the reviewers of that page.
- Who of them gets one mail a day instead: ``cms/dashboard/daily_digest.py``.
- Everything else calls :func:`send` where it happens: a claim passed on (``models/claims.py``), a
  page deleted, moved or archived, people who leave (``outcomes/``), an approval that no longer
  holds (``scheduled_publishing.py``), publication without a review (``emergency.py``).
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.models import Page, Revision

from cms.jobs.mail_queue import queue_mail
from cms.models import User

#: Wagtail's mails of approval and rejection; in our catalogue, as ``cms/editing/wording.py`` says.
WAGTAIL_EMAILS = (
    gettext_noop(
        'The page "%(title)s" has been submitted for approval in moderation stage "%(task)s"'
    ),
    gettext_noop(
        'The page "%(title)s" has been submitted for approval to moderation stage "%(task)s".'
    ),
    gettext_noop('The page "%(title)s" has been approved in "%(workflow)s".'),
    gettext_noop('The page "%(title)s" has been approved in workflow "%(workflow)s".'),
    gettext_noop('The page "%(title)s" has been rejected during "%(workflow)s".'),
    gettext_noop(
        'The page "%(title)s" has been rejected during "%(task)s" '
        'in workflow "%(workflow)s" by %(rejector)s.'
    ),
    gettext_noop(
        'The page "%(title)s" has been rejected during "%(task)s" in workflow "%(workflow)s".'
    ),
    gettext_noop('The following comment was left: "%(comment)s"'),
)


def send(
    people: Iterable[User | None],
    subject: str,
    body: str,
    exclude: User | None = None,
    key: str = "",
    may_wait: bool = True,
) -> None:
    """Queue a mail to each of ``people`` once, in the transaction of what it tells about.

    Args:
        people: recipients; ``None`` is skipped, so that a person who is gone may stand in the list.
        subject: one line.
        body: plain text.
        exclude: who caused it, and need not be told.
        key: what is told, where it is told once only, even by two processes at the same time.
        may_wait: whether it may be put into a daily digest.
    """
    skipped = {exclude.pk} if exclude else set()
    for person in people:
        if person is not None and person.email and person.pk not in skipped:
            skipped.add(person.pk)
            once = f"{key}:{person.pk}" if key else ""
            queue_mail(person.email, subject, body, key=once, may_wait=may_wait)


def editor_url(page: Page) -> str:
    """Where ``page`` is edited, as an address for a mail."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


def compare_url(page: Page, revision: Revision | int) -> str:
    """The difference between what is public and ``revision``; empty if nothing is public."""
    if not page.live:
        return ""
    pk = revision.pk if isinstance(revision, Revision) else revision
    return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", pk])


def signed(body: str, page: Page) -> str:
    """``body`` with the way to the page below."""
    return body + "\n\n" + _("The page: %(url)s") % {"url": editor_url(page)}

"""Small corrections of reviewers: their author agrees with one click, and the approval follows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from cms.editing.authorship import AGREED_ACTION, authorship
from cms.models import User
from regions.people.absences import absence_of
from workflows import emails
from workflows.refusals import ReviewRefused
from workflows.slips import Slip, slip_between

ASKED_ACTION = "workflows.slip"
NOTHING_TO_AGREE = gettext_lazy("There is nothing (any more) that you could agree to.")
#: In the address: the question that was on the screen.
ASKED = "asked"
#: Of log entries about a version: whoever typed on in it has stored another text in its row.
_AS_LOGGED = Q(revision__created_at__lte=F("timestamp"))


@dataclass(frozen=True)
class Question:
    """A correction that waits for its author.

    Args:
        pk: of the log entry that asks.
        page: the page, basic.
        step: the open step of its review.
        revision_id: the version with the correction.
        reviewer: who corrected it, and approves it with the correction.
        author_id: whose text it is.
        slip: what was changed.
        comment: of the approval.
    """

    pk: int
    page: Page
    step: TaskState
    revision_id: int
    reviewer: User
    author_id: int
    slip: Slip
    comment: str

    @property
    def url(self) -> str:
        """Where the author agrees, by POST; the address says to what."""
        return f"{reverse('agree_to_correction', args=[self.step.pk])}?{ASKED}={self.pk}"

    def is_at(self, step: TaskState, sent: QueryDict) -> bool:
        """Whether somebody who agreed at this step had it before them, and no earlier one."""
        return self.step.pk == step.pk and sent.get(ASKED) == str(self.pk)


def small_correction(step: TaskState, page: Page, reviewer: User) -> tuple[Slip, User] | None:
    """What ``reviewer`` changed in the text of this step, and its author, who can be asked.

    ``None`` where more was changed than a slip, somebody else changed it too, or the author is
    the reviewer, away or gone.
    """
    latest = page.get_latest_revision()
    author_id = authorship(page, step.revision).author_id
    author = User.objects.filter(pk=author_id).first() if author_id else None
    if latest is None or author is None or author == reviewer or not author.is_active:
        return None
    since = Revision.page_revisions.filter(object_id=str(page.pk), pk__gt=step.revision_id)
    if since.exclude(user=reviewer).exists() or not page.permissions_for_user(author).can_edit():
        return None
    slip = slip_between(step.revision, latest)
    return (slip, author) if slip and absence_of(author) is None else None


def ask(page: Page, reviewer: User, slip: Slip, author: User, comment: str) -> None:
    """Ask the author whether they agree; the difference stands in the log.

    Args:
        page: with the correction as its latest version.
        reviewer: who made it.
        slip: the difference.
        author: who is asked, by mail.
        comment: of the approval that follows.

    Raises:
        ReviewRefused: if they were asked already.
    """
    latest = page.get_latest_revision()
    if _asked([page]).filter(_AS_LOGGED, revision=latest).exists():
        name = {"name": author.get_full_name()}
        raise ReviewRefused(_("%(name)s has been asked already whether they agree.") % name)
    details = {"author": author.pk, "changes": slip.changes, "comment": comment}
    shown = page.specific_deferred
    log(instance=shown, action=ASKED_ACTION, user=reviewer, revision=latest, data=details)
    title = {"title": shown.get_admin_display_title()}
    text = _(
        "%(name)s wants to approve “%(title)s” and corrected a slip: %(changes)s\n\n"
        "Do you agree? Open the page and choose “I agree”; the approval follows by itself."
    )
    words = {"name": reviewer.get_full_name(), "changes": str(slip)}
    subject = _("Do you agree to a small correction? %(title)s") % title
    emails.send([author], subject, emails.signed(text % (title | words), shown))


def agree(question: Question, author: User) -> None:
    """Have ``author`` stand for the corrected version; the log keeps both names."""
    log(
        instance=question.page.specific_deferred,
        action=AGREED_ACTION,
        user=author,
        revision=Revision.objects.get(pk=question.revision_id),
        data={"reviewer": question.reviewer.pk, "changes": question.slip.changes},
    )


def open_question(page: Page) -> Question | None:
    """The correction in ``page`` that waits for its author, if one does."""
    return next(_questions(_asked([page])), None)


def open_questions(author: User, pages: QuerySet[Page]) -> list[Question]:
    """The corrections that wait for ``author``, among ``pages``; three queries at most."""
    asked = PageLogEntry.objects.filter(
        action=ASKED_ACTION, data__author=author.pk, page__in=pages.values("pk")
    )
    return list(_questions(asked))


def _asked(pages: Iterable[Page]) -> QuerySet[PageLogEntry]:
    return PageLogEntry.objects.filter(page__in=[page.pk for page in pages], action=ASKED_ACTION)


def _questions(entries: QuerySet[PageLogEntry]) -> Iterator[Question]:
    """Of those that ask about the latest version of a page still in review."""
    latest = Q(page__latest_revision=F("revision"))
    asked = entries.filter(_AS_LOGGED, latest, action=ASKED_ACTION)
    found = list(asked.exclude(user=None).select_related("page", "user").order_by("timestamp"))
    if not found:
        return
    agreed = PageLogEntry.objects.filter(
        _AS_LOGGED, action=AGREED_ACTION, revision__in=[entry.revision_id for entry in found]
    )
    done = set(agreed.values_list("revision", flat=True))
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        object_id__in=[str(entry.page_id) for entry in found],
    ).select_related("current_task_state__task")
    steps = {int(state.object_id): state.current_task_state for state in states}
    for entry in found:
        step = steps.get(entry.page_id)
        revision_id = entry.revision_id
        if step is None or entry.user is None or revision_id is None:
            continue
        if revision_id not in done:
            yield Question(
                pk=entry.pk,
                page=entry.page,
                step=step,
                revision_id=revision_id,
                reviewer=entry.user,
                author_id=entry.data["author"],
                slip=Slip.from_log(entry.data["changes"]),
                comment=entry.data.get("comment", ""),
            )

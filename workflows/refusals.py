"""What the review refuses, in words for the person who asked."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.models import TaskState

from cms.models import User
from cms.text import when


class ReviewRefused(Exception):
    """Something in a review is not possible (any more); the text says why.

    Raised inside the transaction, so that nothing of the request stays, and
    answered by :class:`workflows.middleware.ReviewMiddleware`.
    """


def is_open(task_state: TaskState) -> bool:
    """Whether somebody is still to decide."""
    return task_state.status == TaskState.STATUS_IN_PROGRESS


def decided_already(task_state: TaskState, user: User) -> str:
    """Who decided what when, for somebody who wanted to decide too."""
    details = {
        "title": task_state.revision.object_str,
        "name": task_state.finished_by.get_full_name() if task_state.finished_by else "",
        "when": when(task_state.finished_at or task_state.started_at),
    }
    own = task_state.finished_by_id == user.pk
    if task_state.status == TaskState.STATUS_APPROVED:
        text = (
            _("You have approved “%(title)s” already, on %(when)s.")
            if own
            else _("“%(title)s” was approved by %(name)s on %(when)s.")
        )
    elif task_state.status == TaskState.STATUS_REJECTED:
        text = (
            _("You have asked for changes to “%(title)s” already, on %(when)s.")
            if own
            else _("%(name)s asked for changes to “%(title)s” on %(when)s.")
        )
    else:
        text = _("This review of “%(title)s” ended on %(when)s or was started again.")
    return text % details + " " + _("Your decision was no longer needed and changed nothing.")


def gone() -> str:
    """For a review that no longer exists."""
    return _("This review no longer exists: the page was deleted. There is nothing left to decide.")


def claimed_already(name: str, moment: datetime) -> str:
    """Message for the slower of two reviewers who take on the same review."""
    return _("%(name)s took this review on at %(when)s, before you. Nothing was changed.") % {
        "name": name,
        "when": when(moment),
    }

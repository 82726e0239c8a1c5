"""Four eyes: who cannot approve a text because it is their own.

F27: contents are reviewed before publication. F51: approval before publication.

The rule row by row: docs/reference/review.md.
"""

from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.editing.authorship import Authorship, authorship


def excluded_approvers(
    page: Page, revision: Revision, review: WorkflowState | None, *, is_deciding: bool = True
) -> set[int]:
    """The ids of the people who may not approve ``revision``.

    Who changed its content since the page was public, even if somebody saved after them, and who
    submitted it: as long as it reads as submitted, they answer for it. Not who saved it unchanged
    while it was reviewed, to comment on it for example.

    Args:
        page: the page.
        revision: the text.
        review: the review it is in.
        is_deciding: whether the approval makes the page public. Where the desk decides after the
            house, only who wrote the text last cannot let it through for the house.
    """
    submitted_by = review.requested_by_id if review else None
    return excluded_as(authorship(page, revision), submitted_by, is_deciding=is_deciding)


def excluded_as(written: Authorship, submitted_by: int | None, *, is_deciding: bool) -> set[int]:
    """The same of a text of which it is known who wrote and who submitted it."""
    excluded = set(written.savers[:1]) | (written.contributors if is_deciding else set())
    return excluded | {person for person in written.savers if person == submitted_by}


def excluded_at(page: Page, revision: Revision, step: TaskState | None) -> set[int]:
    """The ids of the people who may not approve ``revision`` in ``step`` of its review."""
    review = step.workflow_state if step else None
    is_deciding = step is None or step.task.specific_class.is_deciding(page)
    return excluded_approvers(page, revision, review, is_deciding=is_deciding)


def excluded_from(page: Page) -> set[int]:
    """The ids of the people who may not approve the latest text of ``page`` in its open step."""
    revision = page.get_latest_revision()
    return excluded_at(page, revision, page.current_workflow_task_state) if revision else set()

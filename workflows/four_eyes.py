"""Four eyes: who cannot approve a text, it being their own (F51: approval before publication)."""

from wagtail.models import Page, Revision, WorkflowState

from cms.editing.authorship import savers


def excluded_approvers(revision: Revision, review: WorkflowState | None) -> set[int]:
    """The ids of the people who may not approve ``revision``.

    Its author, and who submitted it: as long as it reads as submitted, both answer for it.
    Not who saved it unchanged while it was reviewed, to comment on it for example.

    Args:
        revision: the text.
        review: the review it is in.
    """
    people = savers(revision)
    submitted_by = review.requested_by_id if review else None
    return set(people[:1]) | {person for person in people if person == submitted_by}


def excluded_from(page: Page) -> set[int]:
    """The ids of the people who may not approve the latest text of ``page``."""
    revision = page.get_latest_revision()
    return excluded_approvers(revision, page.current_workflow_state) if revision else set()

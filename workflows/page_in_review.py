"""The page that a review, one of its steps or a revision is about."""

from wagtail.models import Page, Revision, WorkflowState


def page_of(record: WorkflowState | Revision) -> Page:
    """The page as its own type.

    Raises:
        Page.DoesNotExist: it has been deleted; its reviews and revisions go with it, so that
            this happens only to who holds one of them meanwhile.
    """
    found = record.content_object
    if not isinstance(found, Page):
        raise Page.DoesNotExist
    return found

"""The one rule table: which page type takes which way of review (F27: quality assurance)."""

from wagtail.models import Page, Workflow

from regions.access import region_of
from workflows.models import HouseReviewTask, NationalReviewTask, ReviewPath, ReviewTask
from workflows.models.review_paths import HOUSE_DECIDES


def path_key_for(page: Page) -> ReviewPath.Key:
    """The way of review of ``page`` by its type and region."""
    label = page.specific_class._meta.label_lower
    if label in HOUSE_DECIDES and region_of(page) is not None:
        return ReviewPath.Key.HOUSE
    return ReviewPath.Key.NATIONAL


def workflow_for(page: Page) -> Workflow | None:
    """The workflow ``page`` is submitted to; ``None`` before the migrations have run."""
    return Workflow.objects.filter(review_path__key=path_key_for(page)).first()


def deciding_tasks(page: Page) -> tuple[type[ReviewTask], ...]:
    """The tasks one of which must approve before ``page`` goes public."""
    if path_key_for(page) == ReviewPath.Key.HOUSE:
        return (HouseReviewTask, NationalReviewTask)
    return (NationalReviewTask,)

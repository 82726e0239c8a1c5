"""Pages through the real review, for the demo and for tests."""

from typing import TypeVar

from wagtail.models import Page, TaskState

from cms.models import User

PageType = TypeVar("PageType", bound=Page)


def submit(page: Page, user: User) -> None:
    """Submit the latest revision of ``page`` for review."""
    page.get_workflow().start(page, user)


def _reviewer(page: Page, task_state: TaskState) -> User:
    reviewers = task_state.task.specific.reviewers(page).order_by("pk")
    reviewer = reviewers.first()
    if reviewer is None:
        raise LookupError(f"Nobody may decide on “{page}” in “{task_state.task}”.")
    return reviewer


def _act(page: Page, user: User | None, action: str, comment: str) -> None:
    task_state = page.current_workflow_task_state
    user = user or _reviewer(page, task_state)
    task_state.task.specific.on_action(task_state, user, action, comment=comment)


def approve(page: PageType, user: User | None = None, comment: str = "") -> PageType:
    """Approve one step of the review, by ``user`` or by the first who is asked to.

    Returns:
        The page read anew.
    """
    _act(_fresh(page), user, "approve", comment)
    return _fresh(page)


def claim(page: Page, user: User | None = None) -> None:
    """Have ``user``, or the first who is asked, take the open step on."""
    _act(_fresh(page), user, "claim", "")


def request_changes(page: Page, reason: str, user: User | None = None) -> Page:
    """Send a page back with a reason."""
    _act(_fresh(page), user, "reject", reason)
    return _fresh(page)


def publish(page: PageType, user: User) -> PageType:
    """Submit and approve until the page is live."""
    submit(page, user)
    page = _fresh(page)
    while page.current_workflow_task_state:
        _act(page, None, "approve", "")
        page = _fresh(page)
    return page


def _fresh(page: PageType) -> PageType:
    return Page.objects.get(pk=page.pk).specific

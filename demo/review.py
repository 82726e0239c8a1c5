"""Pages through the real review, for the demo and for tests."""

from typing import TypeVar

from wagtail.models import Page

from cms.models import User

PageType = TypeVar("PageType", bound=Page)


def submit(page: Page, user: User) -> None:
    """Submit the latest revision of ``page`` for review."""
    page.get_workflow().start(page, user)


def _reviewer(page: Page) -> User:
    task_state = page.current_workflow_task_state
    reviewers = task_state.task.specific.reviewers(page).order_by("pk")
    reviewer = reviewers.first()
    if reviewer is None:
        raise LookupError(f"Nobody may decide on “{page}” in “{task_state.task}”.")
    return reviewer


def _act(page: Page, user: User, action: str, comment: str) -> None:
    task_state = page.current_workflow_task_state
    task_state.task.specific.on_action(task_state, user, action, comment=comment)


def approve(page: PageType, user: User | None = None, comment: str = "") -> PageType:
    """Approve one step of the review, by ``user`` or by the first who is asked to.

    Returns:
        The page read anew.
    """
    page = _fresh(page)
    _act(page, user or _reviewer(page), "approve", comment)
    return _fresh(page)


def claim(page: Page, user: User | None = None) -> None:
    """Have ``user``, or the first who is asked, take the open step on."""
    page = _fresh(page)
    _act(page, user or _reviewer(page), "claim", "")


def request_changes(page: Page, reason: str, user: User | None = None) -> Page:
    """Send a page back with a reason."""
    page = _fresh(page)
    _act(page, user or _reviewer(page), "reject", reason)
    return _fresh(page)


def publish(page: PageType, user: User) -> PageType:
    """Submit and approve until the page is live."""
    submit(page, user)
    page = _fresh(page)
    while page.current_workflow_task_state:
        page = approve(page)
    return page


def _fresh(page: PageType) -> PageType:
    return Page.objects.get(pk=page.pk).specific

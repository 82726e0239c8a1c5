"""*Awaiting your review* on the dashboard: what waits, who has taken it on, what is different."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState

from cms.editing.authorship import has_saved, load_authorship
from cms.models import User
from cms.text import when
from regions.access import regions_of
from regions.models import Region
from workflows.emails import compare_url
from workflows.models.claims import Claim
from workflows.models.tasks import APPROVE, Action, claim_actions, decisions

if TYPE_CHECKING:
    from laces.typing import RenderContext

LIMIT = 30


@dataclass(frozen=True)
class WaitingReview:
    """One line of the list.

    Args:
        step: the open step.
        page: the page as Wagtail's basic page.
        house: the name of its region; empty for national pages.
        claim: who has taken it on.
        actions: decisions, as Wagtail's scripts want them.
        own_actions: what can be done about the claim.
    """

    step: TaskState
    page: Page
    house: str
    claim: Claim | None
    actions: list[Action]
    own_actions: list[Action]
    user: User

    @property
    def compare_url(self) -> str:
        """The difference to what is public; empty if nothing is."""
        return compare_url(self.page, self.step.revision_id)

    @property
    def is_mine(self) -> bool:
        """Whether the reader has taken it on."""
        return self.claim is not None and self.claim.user_id == self.user.pk

    @property
    def since(self) -> str:
        """Day and time at which the review was taken on."""
        return when(self.claim.since) if self.claim else ""

    @property
    def until(self) -> str:
        """Day and time at which the claim lapses."""
        return when(self.claim.until) if self.claim else ""


def waiting_for(user: User) -> QuerySet[TaskState]:
    """Open steps ``user`` may decide, longest waiting first."""
    return TaskState.objects.reviewable_by(user).order_by("started_at", "pk")


def reviews(user: User, steps: QuerySet[TaskState]) -> list[WaitingReview]:
    """Lines for ``steps``, in a number of queries that does not grow with them."""
    found = list(steps.select_related("revision__user", "workflow_state", "task"))
    held = Claim.objects.holding().select_related("user")
    held = held.filter(workflow_state__in=[step.workflow_state_id for step in found])
    by_state = {claim.workflow_state_id: claim for claim in held}
    ids = [step.revision.object_id for step in found]
    found_pages = Page.objects.select_related("latest_revision").defer_streamfields()
    pages = found_pages.annotate(saved=has_saved(user)).in_bulk(ids)
    pages = {str(pk): page for pk, page in pages.items()}
    regions = regions_of(pages.values())
    load_authorship(pages.values(), user)
    return [
        _line(step, pages[step.revision.object_id], by_state, regions, user)
        for step in found
        if step.revision.object_id in pages
    ]


def _line(
    step: TaskState,
    page: Page,
    claims: dict[int, Claim],
    regions: dict[int, Region],
    user: User,
) -> WaitingReview:
    claim = claims.get(step.workflow_state_id)
    if claim and claim.task_id != step.task_id:
        claim = None
    actions = decisions(page, page.latest_revision, step, user)
    region = regions.get(page.pk)
    return WaitingReview(
        step=step,
        page=page,
        house=region.name if region else "",
        claim=claim,
        actions=actions,
        own_actions=claim_actions(claim, user) if APPROVE in actions else [],
        user=user,
    )


class ReviewPanel(Component):
    """In place of Wagtail's panel of the same name."""

    name = "workflow_objects_to_moderate"
    template_name = "admin/review_panel.html"
    order = 220

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: "RenderContext | None" = None) -> dict[str, object]:
        """The first of what waits, and how much waits in all."""
        steps = waiting_for(self.user)
        count = steps.count()
        return {
            "reviews": reviews(self.user, steps[:LIMIT]) if count else [],
            "count": count,
            "more": max(0, count - LIMIT),
            **{name: (parent_context or {})[name] for name in ("csrf_token", "request")},
        }

"""What waits for a review as the start page shows it: who has taken it on, what is different."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, QuerySet
from django.utils import timezone
from wagtail.models import Page, TaskState

from cms.editing.authorship import has_saved, load_authorship
from cms.models import User
from cms.text import since_when, when
from regions.access import HOUSE_DEPTH, is_national_editor, national_editors, regions_of
from workflows.due_dates import is_overdue
from workflows.emails import compare_url
from workflows.models.claims import Claim
from workflows.models.tasks import APPROVE, HAND_ON, Action, claim_actions, decisions


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
        user: who reads it.
        has_colleague: whether anybody else decides for the desk, or for a house the reader leads.
    """

    step: TaskState
    page: Page
    house: str
    claim: Claim | None
    actions: list[Action]
    own_actions: list[Action]
    user: User
    has_colleague: bool

    @property
    def can_act(self) -> bool:
        """Whether the reader may approve it, or hand a correction on to be approved."""
        return APPROVE in self.actions or HAND_ON in self.actions

    @property
    def is_late(self) -> bool:
        """Whether it waits for longer than a review should."""
        return is_overdue(self.step)

    @property
    def waiting(self) -> str:
        """How long it has waited in words, such as *for 4 days*."""
        return since_when(self.step.started_at)

    @property
    def compare_url(self) -> str:
        """The difference to what is public; empty if nothing is."""
        return compare_url(self.page, self.step.revision_id)

    @property
    def is_mine(self) -> bool:
        """Whether the reader has taken it on."""
        return self.claim is not None and self.claim.user_id == self.user.pk

    @property
    def absence(self) -> str:
        """That who has taken it on is away, and until when; empty if they are not."""
        absence = getattr(self.claim.user, "absence", None) if self.claim else None
        return absence.phrase if absence is not None and absence.is_current else ""

    @property
    def since(self) -> str:
        """Day and time at which the review was taken on."""
        return when(self.claim.since) if self.claim else ""

    @property
    def until(self) -> str:
        """Day and time at which the claim lapses."""
        return when(self.claim.until) if self.claim else ""


def reviews(
    user: User, steps: QuerySet[TaskState], houses: Mapping[str, str] | None = None
) -> list[WaitingReview]:
    """Lines for ``steps``, in a number of queries that does not grow with them.

    Args:
        user: who reads them.
        steps: open steps.
        houses: names of regions by the path of a house; asked for if they are not given.
    """
    claimant = "workflow_state__claim__user__absence__deputy__absence"
    loaded = steps.select_related("revision__user", claimant, "task")
    found = list(loaded.defer("revision__content"))
    ids = [step.revision.object_id for step in found]
    found_pages = Page.objects.select_related("latest_revision").defer_streamfields()
    has_colleague = Exists(_colleagues(user))
    annotated = found_pages.annotate(saved=has_saved(user), has_colleague=has_colleague)
    pages = annotated.in_bulk(ids)
    names = _houses(pages.values(), houses)
    load_authorship(pages.values(), user)
    by_key = {str(pk): page for pk, page in pages.items()}
    return [
        _line(step, by_key[step.revision.object_id], names, user)
        for step in found
        if step.revision.object_id in by_key
    ]


def _colleagues(user: User) -> QuerySet[User]:
    """Who else decides: on the national desk, or in the houses that ``user`` leads."""
    led = user.groups.filter(leads_of__isnull=False)
    leads = User.objects.filter(is_active=True, groups__in=led)
    people = national_editors() if is_national_editor(user) else leads
    return people.exclude(pk=user.pk)


def _houses(pages: Iterable[Page], known: Mapping[str, str] | None) -> dict[int, str]:
    """The name of the region by page."""
    if known is None:
        return {pk: region.name for pk, region in regions_of(pages).items()}
    length = HOUSE_DEPTH * Page.steplen
    return {page.pk: known.get(page.path[:length], "") for page in pages}


def _line(step: TaskState, page: Page, houses: Mapping[int, str], user: User) -> WaitingReview:
    claim: Claim | None = getattr(step.workflow_state, "claim", None)
    if claim and (claim.task_id != step.task_id or claim.until <= timezone.now()):
        claim = None
    actions = decisions(page, page.latest_revision, step, user)
    return WaitingReview(
        step=step,
        page=page,
        house=houses.get(page.pk, ""),
        claim=claim,
        actions=actions,
        own_actions=claim_actions(claim, user) if APPROVE in actions else [],
        user=user,
        has_colleague=vars(page)["has_colleague"],
    )

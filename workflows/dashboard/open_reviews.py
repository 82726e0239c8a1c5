"""Open reviews and whom each waits for, in a number of queries that does not grow with them."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, IntegerField, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.editing.authorship import latest_authorships
from cms.models import User
from regions.access import HOUSE_DEPTH, below, own_house_paths
from regions.models import Absence, HousePage
from workflows.dashboard.review_rows import WaitingReview, reviews
from workflows.due_dates import overdue_before
from workflows.four_eyes import excluded_as
from workflows.models import HouseReviewTask

Reviews = TypeVar("Reviews", bound=QuerySet[Any])


@dataclass(frozen=True)
class OpenStep:
    """The step an open review has reached.

    Args:
        pk: of the task state.
        page_id: the page.
        is_house: whether it is the review by the house.
        since: when it began.
        requested_by: who submitted the page.
        is_touched: whether the reader submitted or ever saved the page, and so may be excluded.
    """

    pk: int
    page_id: int
    is_house: bool
    since: datetime.datetime
    requested_by: int | None
    is_touched: bool


def open_steps(user: User, pages: QuerySet[Page] | None = None) -> list[OpenStep]:
    """All open steps, or those about ``pages``; longest waiting first, in one query."""
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=ContentType.objects.get_for_model(Page),
        current_task_state__status=TaskState.STATUS_IN_PROGRESS,
    )
    if pages is not None:
        states = about(states, pages)
    saved = Revision.page_revisions.filter(object_id=OuterRef("object_id"), user=user)
    rows = states.annotate(saved=Exists(saved)).order_by(
        "current_task_state__started_at", "current_task_state"
    )
    house = ContentType.objects.get_for_model(HouseReviewTask).pk
    return [
        OpenStep(pk, int(page), task == house, since, by, saved or by == user.pk)
        for pk, page, task, since, by, saved in rows.values_list(
            "current_task_state",
            "object_id",
            "current_task_state__task__content_type",
            "current_task_state__started_at",
            "requested_by",
            "saved",
        )
    ]


def about(states: Reviews, pages: QuerySet[Page], prefix: str = "") -> Reviews:
    """Those of ``states`` that are about ``pages``.

    Reviews store ids as text. They become numbers here and not the other way round: ids of pages
    that become text are found by no index.

    Args:
        states: reviews, or what belongs to one.
        pages: in any number.
        prefix: the way from ``states`` to their review.
    """
    number = Cast(f"{prefix}object_id", IntegerField())
    return states.alias(about_page=number).filter(about_page__in=pages.order_by().values("pk"))


def waiting_reviews(
    user: User,
    steps: Sequence[OpenStep],
    start: int,
    stop: int,
    houses: Mapping[str, str] | None = None,
) -> tuple[list[WaitingReview], int]:
    """Rows of what ``user`` can decide, and how many there are in all.

    Only what the person has touched can be theirs; of everything else, no text is read to count it.
    """
    touched = [step for step in steps if step.is_touched]
    asked = {step.pk for step in (*touched, *steps[start : stop + len(touched)])}
    if not asked:
        return [], 0
    found = TaskState.objects.filter(pk__in=asked).order_by("started_at", "pk")
    rows = {row.step.pk: row for row in reviews(user, found, houses)}
    own = {step.pk for step in touched if step.pk not in rows or not rows[step.pk].can_act}
    waiting = [step.pk for step in steps if step.pk not in own]
    return [rows[pk] for pk in waiting[start:stop] if pk in rows], len(waiting)


@dataclass(frozen=True)
class ReviewedPage:
    """What is known of the page of an open review by a house."""

    title: str
    path: str
    live_revision: int | None

    @property
    def house(self) -> str:
        """The path of its house."""
        return self.path[: HOUSE_DEPTH * Page.steplen]


@dataclass(frozen=True)
class LedHouse:
    """A house and those of its leads whose accounts are active.

    Args:
        name: of its region.
        leads: who can decide today.
        absent: who is away.
    """

    name: str
    leads: set[int] = field(default_factory=set)
    absent: set[int] = field(default_factory=set)


class NationwideReviews:
    """The open reviews of all regions, as the national desk sees them."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def steps(self) -> list[OpenStep]:
        """Every step this person may decide, oldest first."""
        return open_steps(self.user)

    @cached_property
    def pages(self) -> dict[int, ReviewedPage]:
        """The pages that houses review, by id."""
        ids = [step.page_id for step in self.steps if step.is_house]
        rows = Page.objects.filter(pk__in=ids).values_list(
            "pk", "draft_title", "path", "live_revision"
        )
        return {pk: ReviewedPage(*values) for pk, *values in rows}

    @cached_property
    def houses(self) -> "dict[str, LedHouse]":
        """Who leads each house, by the path of its page."""
        lead = "region_record__leads_group__user"
        away = Absence.objects.current().filter(user=OuterRef(lead))
        rows = HousePage.objects.annotate(is_away=Exists(away)).values_list(
            "path", "region_record__name", lead, f"{lead}__is_active", "is_away"
        )
        found: dict[str, LedHouse] = {}
        for path, name, person, is_active, is_away in rows:
            house = found.setdefault(path, LedHouse(name))
            if is_active:
                (house.absent if is_away else house.leads).add(person)
        return found

    @property
    def house_names(self) -> dict[str, str]:
        """The name of the region by the path of a house page."""
        return {path: house.name for path, house in self.houses.items()}

    @cached_property
    def _writing_leads(self) -> dict[int, set[int]]:
        """Leads who saved a page since it was public, by page."""
        ids = [str(pk) for pk in self.pages]
        if not ids:
            return defaultdict(set)
        saved = Revision.page_revisions.filter(
            object_id__in=ids, user__groups__leads_of__isnull=False
        )
        found: dict[int, set[int]] = defaultdict(set)
        for pk, page_id, lead in saved.values_list("pk", "object_id", "user"):
            if pk > (self.pages[int(page_id)].live_revision or 0):
                found[int(page_id)].add(lead)
        return found

    def _have_all_saved(self, step: OpenStep) -> bool:
        """Whether every lead who is there saved the page; where one did not, that one decides."""
        page = self.pages.get(step.page_id)
        house = self.houses.get(page.house) if page else None
        return bool(house and house.leads and house.leads <= self._writing_leads[step.page_id])

    @cached_property
    def _excluded(self) -> dict[int, set[int]]:
        """Who may not approve, by page, where every lead saved it: not always a text of theirs."""
        steps = {step.page_id: step for step in self.steps if self._have_all_saved(step)}
        if not steps:
            return {}
        latest = Page.objects.exclude(latest_revision=None).select_related("latest_revision")
        pages = latest.defer("latest_revision__content").in_bulk(list(steps))
        written = latest_authorships(pages.values())
        return {
            pk: excluded_as(
                written[pk],
                steps[pk].requested_by,
                is_deciding=HouseReviewTask.is_deciding(page),
            )
            for pk, page in pages.items()
        }

    def is_for_desk(self, step: OpenStep) -> bool:
        """Whether no lead of the house can decide: there is none, or they wrote it.

        As ``HouseReviewTask.reviewers`` says, for many steps at once.
        """
        if not step.is_house:
            return True
        page = self.pages.get(step.page_id)
        if page is None:
            return False
        house = self.houses.get(page.house)
        return house is None or not house.leads - self._excluded.get(step.page_id, set())

    @cached_property
    def for_desk(self) -> list[OpenStep]:
        """Those that only the desk can decide."""
        return [step for step in self.steps if self.is_for_desk(step)]

    @cached_property
    def overdue_in_houses(self) -> list[OpenStep]:
        """Those that a house has let wait for too long."""
        limit = overdue_before()
        desk = {step.pk for step in self.for_desk}
        return [step for step in self.steps if step.since < limit and step.pk not in desk]


def reviews_of_houses(user: User) -> list[OpenStep]:
    """The open reviews by the houses ``user`` leads."""
    paths = own_house_paths(user, leading=True)
    if not paths:
        return []
    return [step for step in open_steps(user, Page.objects.filter(below(paths))) if step.is_house]

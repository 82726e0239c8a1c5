"""When a step of a review is due: in working days of the state in which the house lies."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page, TaskState

from cms.working_days import add_working_days, is_working_day, midnight
from regions.access import regions_of
from regions.models import Region
from workflows.models import HouseReviewTask, NationalReviewTask, ReviewTask

ONE_DAY = datetime.timedelta(days=1)
#: Working days in which a step is decided.
DAYS: Mapping[type[ReviewTask], int] = {HouseReviewTask: 3, NationalReviewTask: 5}


def due_on(step: TaskState, land: str = "") -> datetime.date:
    """The last day on which ``step`` is decided in time.

    Args:
        step: with its ``task``; one that is no review of ours is due at once.
        land: the state; without it only the holidays that all states share count.
    """
    days = DAYS.get(step.task.specific_class, 0)
    return add_working_days(timezone.localdate(step.started_at), days, land)


def is_overdue(step: TaskState, land: str = "") -> bool:
    """Whether an open step should have been decided by now."""
    return timezone.localdate() > due_on(step, land)


def overdue_before(task: type[ReviewTask] = HouseReviewTask) -> datetime.datetime:
    """Open steps of this kind that began before this moment are overdue.

    For queries over many houses: it knows only the holidays that all states share, so that after
    another one a step counts as overdue a day early.
    """
    # Steps of a day are overdue if the working days after it, up to yesterday, are enough.
    day, left = timezone.localdate() - ONE_DAY, DAYS[task]
    while left > 0:
        left -= is_working_day(day)
        day -= ONE_DAY
    return midnight(day + ONE_DAY)


@dataclass(frozen=True)
class DueStep:
    """An open step and its dates.

    Args:
        step: the step.
        page: its page, basic.
        due: the last day on which it is decided in time.
        escalated: the day after which it is put before the desk.
    """

    step: TaskState
    page: Page
    due: datetime.date
    escalated: datetime.date

    def is_overdue(self, today: datetime.date) -> bool:
        """Whether it should have been decided by ``today``."""
        return today > self.due


def due_steps(steps: Iterable[TaskState]) -> list[DueStep]:
    """When each of these open steps is due, in three queries however many there are.

    Args:
        steps: with ``workflow_state`` and ``task``.
    """
    by_page = {int(step.workflow_state.object_id): step for step in steps}
    pages = Page.objects.in_bulk(by_page)
    states = _states(regions_of(pages.values()))
    found = []
    for pk, page in pages.items():
        step = by_page[pk]
        days = DAYS.get(step.task.specific_class)
        if days is not None:
            land = states.get(pk, "")
            due = due_on(step, land)
            found.append(DueStep(step, page, due, add_working_days(due, days, land)))
    return found


def _states(regions: Mapping[int, Region]) -> dict[int, str]:
    """The state of each page, by page id: that of its region's first district."""
    ids = {region.pk for region in regions.values()}
    rows = Region.objects.filter(pk__in=ids).order_by("-region_kreise__kreis__code")
    lands = dict(rows.values_list("pk", "region_kreise__kreis__land"))
    return {pk: lands.get(region.pk) or "" for pk, region in regions.items()}

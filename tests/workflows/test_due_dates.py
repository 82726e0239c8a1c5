"""When a step of a review is due, and how lists find what is overdue."""

import datetime
from itertools import product

import pytest
from django.utils import timezone
from wagtail.models import TaskState

from cms.models import Kreis
from cms.working_days import midnight
from demo.review import submit
from workflows.due_dates import DAYS, due_on, due_steps, is_overdue, overdue_before
from workflows.models import HouseReviewTask


@pytest.fixture
def step(news, editor, lead):
    """The open step of a news item in the house."""
    submit(news, editor)
    return TaskState.objects.select_related("task", "workflow_state").get()


def started(step: TaskState, year: int, month: int, day: int) -> TaskState:
    step.started_at = datetime.datetime(year, month, day, 15, tzinfo=datetime.UTC)
    return step


def test_step_of_a_house_has_three_working_days(step):
    assert due_on(started(step, 2026, 11, 26)) == datetime.date(2026, 12, 1)


def test_holiday_of_the_state_gives_a_day_more(step):
    assert due_on(started(step, 2026, 6, 3), "Nordrhein-Westfalen") == datetime.date(2026, 6, 9)
    assert due_on(started(step, 2026, 6, 3), "Berlin") == datetime.date(2026, 6, 8)


def test_state_is_that_of_the_region(step, region):
    kreis = Kreis.objects.create(
        code="99999", name="Kreis Probe", land="Nordrhein-Westfalen", lat=52.2, lon=7.5
    )
    region.region_kreise.all().delete()
    region.region_kreise.create(kreis=kreis)
    (found,) = due_steps([started(step, 2026, 6, 3)])
    assert found.due == datetime.date(2026, 6, 9)


def test_step_is_overdue_when_its_last_day_is_over(step):
    assert not is_overdue(step)
    assert is_overdue(started(step, 2026, 1, 5))


def test_queries_find_the_same_steps_as_overdue_on_every_day(step, monkeypatch):
    """A week as any other, and Christmas, on a Friday."""
    for day, ago in product([*range(23, 30), *range(53, 62)], range(10)):
        today = datetime.date(2026, 11, 1) + datetime.timedelta(days=day - 1)
        monkeypatch.setattr(timezone, "now", lambda today=today: midnight(today))
        begin = midnight(today - datetime.timedelta(days=ago))
        for step.started_at in (begin, begin - datetime.timedelta(minutes=1)):
            found = step.started_at < overdue_before(HouseReviewTask)
            assert found == is_overdue(step), (today, step.started_at)


def test_due_dates_of_many_steps_cost_as_much_as_of_one(step, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        due_steps([step])
    assert DAYS[HouseReviewTask] == 3

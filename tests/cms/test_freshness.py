"""Dates of checking and expiry (F27: quality assurance)."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import NewsPage

DAY = datetime.timedelta(days=1)

# A page looks up its content type when it is made.
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("days, due", [(-1, True), (0, True), (1, False)])
def test_check_is_due_from_its_day_on(days, due):
    assert NewsPage(check_again_on=timezone.localdate() + days * DAY).check_is_due is due


@pytest.mark.parametrize("days, expired", [(-1, True), (0, False), (1, False)])
def test_last_day_of_validity_still_counts(days, expired):
    assert NewsPage(expires_on=timezone.localdate() + days * DAY).is_expired is expired


def test_without_dates_nothing_is_due():
    page = NewsPage()
    assert not page.check_is_due
    assert not page.is_expired


def test_next_check_cannot_be_before_the_last(news):
    news.checked_on = timezone.localdate()
    news.check_again_on = timezone.localdate() - DAY
    with pytest.raises(ValidationError) as refused:
        news.full_clean()
    assert list(refused.value.message_dict) == ["check_again_on"]


def test_a_next_check_that_never_comes_is_refused(news):
    news.check_again_on = datetime.date.max
    with pytest.raises(ValidationError) as refused:
        news.full_clean()
    assert list(refused.value.message_dict) == ["check_again_on"]


def test_the_check_after_a_long_time_comes_before_the_end_of_all_calendars(news):
    news.checked_on, news.check_again_on = datetime.date(1926, 1, 1), datetime.date(2099, 1, 1)
    assert news.dates_after_check()[1] == datetime.date(2099, 12, 31)

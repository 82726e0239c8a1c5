"""The check week of a house: an invitation, counted from five on, and no answers."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from checks.models import CheckWeekCount, CheckWeekPage
from demo.builders.checks import build_check_week
from regions.models import Region

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def week(house, check):
    """A week that is on, public."""
    page = build_check_week(house, self_check=check)
    CheckWeekPage.objects.filter(pk=page.pk).update(live=True)
    return CheckWeekPage.objects.get(pk=page.pk)


@pytest.fixture
def begin(send, first_url, week):
    """Begin the check by the invitation."""

    def begin(**kwargs):
        return send(f"{first_url}?woche={week.pk}", {"frage-g1": "gruen"}, **kwargs)

    return begin


def begun() -> int:
    count = CheckWeekCount.objects.first()
    return count.begun if count else 0


def test_nobody_takes_part_once_the_house_has_closed(client, begin, week, region):
    Region.objects.filter(pk=region.pk).update(archived_on=timezone.localdate())
    page = client.get(week.url).content.decode()
    assert "Die Woche findet nicht statt" in page
    assert "?woche=" not in page
    begin()
    assert begun() == 0


def test_no_end_is_no_day(week):
    week.last_day = datetime.date.max
    with pytest.raises(ValidationError, match="Jahr"):
        week.clean()


def test_the_invitation_leads_to_the_check_and_shows_its_code(client, week, first_url):
    page = client.get(week.url).content.decode()
    assert f"{first_url}?woche={week.pk}" in page
    assert f"http://testserver/woche/{week.pk}/" in page
    assert 'aria-label="QR-Code' in page
    assert client.get(f"/woche/{week.pk}/")["Location"].endswith(week.url)


def test_a_check_begun_by_the_invitation_counts_once(client, begin, first_url, week):
    page = client.get(f"{first_url}?woche={week.pk}").content.decode()
    begin(page=page)
    begin(page=page)
    assert begun() == 1


@pytest.mark.parametrize("days", [(-3, -1), (1, 3)])
def test_nothing_counts_before_or_after_the_week(begin, week, days):
    today = timezone.localdate()
    first, last = (today + number * DAY for number in days)
    CheckWeekPage.objects.update(first_day=first, last_day=last)
    begin()
    assert begun() == 0


def test_an_unknown_week_does_no_harm(send, first_url):
    assert send(f"{first_url}?woche=9x", {"frage-g1": "gruen"}).status_code == 302
    assert begun() == 0


def test_fewer_than_five_are_not_told(week):
    count = CheckWeekCount.objects.create(page=week, begun=4)
    assert week.taken_part() is None
    count.begun = 5
    count.save()
    assert week.taken_part() == 5


def test_a_week_that_is_over_leads_to_the_check_without_counting(client, week):
    yesterday = timezone.localdate() - DAY
    CheckWeekPage.objects.update(first_day=yesterday, last_day=yesterday)
    page = client.get(week.url).content.decode()
    assert "Die Woche ist vorbei" in page
    assert "woche=" not in page


def test_a_week_does_not_end_before_it_begins(week):
    week.last_day = week.first_day - DAY
    with pytest.raises(ValidationError):
        week.clean()

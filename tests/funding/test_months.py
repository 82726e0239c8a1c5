"""Deadlines by month, beside the list."""

import datetime

import pytest
from django.utils import timezone

from cms.delivery.icalendar import Event
from demo.builders.funding import build_funding, build_funding_index
from demo.review import publish


@pytest.fixture
def programmes(db, national_editor, second_national_editor):
    """Programmes of three kinds: in rounds, closed, and open at any time."""
    today = timezone.localdate()
    past, year = today - datetime.timedelta(days=40), today.year + 2
    march, may = datetime.date(year, 3, 31), datetime.date(year, 5, 31)

    def build(title, **fields):
        page = build_funding(build_funding_index(), national_editor, title=title, **fields)
        return publish(page, national_editor)

    rounds = [(None, may), (None, past), (None, march)]
    build("Runden", deadline_kind="runden", rounds=rounds)
    build("Termin", deadline_kind="termin", rounds=[(None, march)], roles={"schule": "allein"})
    build("Zu", deadline_kind="geschlossen", rounds=[(None, march)])
    build("Immer")
    return year


@pytest.mark.parametrize("query, march", [("", {"Runden", "Termin"}), ("wer=verein&", {"Runden"})])
def test_deadlines_of_the_search_stand_by_month(client, programmes, query, march):
    response = client.get(f"/foerderung/?{query}ansicht=fristen")
    found = {
        (month.first_day.year, month.first_day.month): {d.programme.title for d in month.deadlines}
        for month in response.context["months"]
    }
    assert found == {(programmes, 3): march, (programmes, 5): {"Runden"}}
    assert 'name="robots" content="noindex' in response.content.decode()


def test_the_way_there_and_back_keeps_the_search(client, programmes):
    address = client.get("/foerderung/?wer=verein&merk=1").context["deadlines_url"]
    assert "wer=verein" in address
    assert "merk=1" in address
    response = client.get(address)
    assert response.context["list_url"] == "/foerderung/?wer=verein&merk=1"
    assert "wer=verein" in response.context["calendar_url"]


def test_without_a_deadline_that_is_said(client, programmes):
    content = client.get("/foerderung/?wer=kommune&ansicht=fristen").content.decode()
    assert "Keines dieser Programme hat eine bekannte Frist." in content


def test_the_months_ask_the_database_few_times(client, programmes, django_assert_max_num_queries):
    client.get("/foerderung/?ansicht=fristen")
    with django_assert_max_num_queries(14):
        client.get("/foerderung/?ansicht=fristen&thema=digitales")


def test_a_day_without_end_is_in_the_calendar():
    lines = list(Event("a@example.org", timezone.now(), datetime.date.max, "Frist").lines())
    assert "DTSTART;VALUE=DATE:99991231" in lines

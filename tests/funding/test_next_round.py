"""The next round of a programme: its days from the former ones, in the form with one click."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.builders.funding import build_funding, build_funding_index
from demo.review import publish
from funding.deadlines import Round
from funding.next_round import with_next_round

DATE = datetime.date.fromisoformat
TODAY = DATE("2026-11-26")


@pytest.mark.parametrize(
    "kind, days, expected",
    [
        ("termin", ["2026-03-31"], ("termin", ["2027-03-31"])),
        ("termin", ["2024-02-29"], ("termin", ["2027-02-28"])),
        ("termin", ["2027-02-28"], ("runden", ["2027-02-28", "2028-02-29"])),
        ("runden", ["2026-03-31", "2026-06-30"], ("runden", ["2026-12-31"])),
        ("runden", ["2026-06-15", "2026-10-15"], ("runden", ["2027-02-15"])),
        ("laufend", ["2026-11-30", "2026-12-31"], ("laufend", ["2027-01-31"])),
        ("solange-vorrat", ["2025-12-31"], ("solange-vorrat", ["2026-12-31"])),
        ("runden", ["2026-10-01", "2026-10-10"], ("runden", ["2027-10-10"])),
        ("runden", ["1990-01-01"], None),
        ("geschlossen", ["2026-03-31"], None),
        ("dauerhaft", [], None),
        ("termin", ["9999-12-31"], None),
        ("runden", ["2026-03-31", "9999-12-31"], None),
    ],
)
def test_the_next_round_keeps_the_rhythm(kind, days, expected):
    found = with_next_round(kind, [Round(DATE(day)) for day in days], TODAY)
    if expected is None:
        assert found is None
        return
    assert found is not None
    new_days = [str(entry.closes_on) for entry in found[1]]
    assert (found[0], new_days[-len(expected[1]) :]) == expected


def test_the_first_day_and_the_hour_move_along():
    entry = Round(DATE("2026-03-31"), datetime.time(12), DATE("2026-01-15"))
    moved = Round(DATE("2027-03-31"), datetime.time(12), DATE("2027-01-15"))
    assert with_next_round("termin", [entry], TODAY) == ("termin", [moved])


@pytest.mark.django_db
def test_one_click_puts_the_next_round_into_the_form(
    sign_in, national_editor, second_national_editor
):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    page = build_funding(
        build_funding_index(), national_editor, deadline_kind="termin", rounds=[(None, yesterday)]
    )
    publish(page, national_editor)
    client, address = sign_in(national_editor), reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert 'href="?naechste-runde=1"' in client.get(address).content.decode()
    form = client.get(f"{address}?naechste-runde=1").context["form"]
    (entry,) = form.instance.all_rounds
    assert entry.closes_on > timezone.localdate()
    assert client.get(page.url).context["page"].is_over

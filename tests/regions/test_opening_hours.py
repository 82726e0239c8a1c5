"""Opening hours: what a text means at a stated moment, and what is refused."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from regions.opening_hours import State, parse

BERLIN = ZoneInfo("Europe/Berlin")
NRW, BAVARIA, SAXONY = "Nordrhein-Westfalen", "Bayern", "Sachsen"

PLAIN = """Dienstag 15–18 Uhr (offene Sprechstunde)
Mittwoch und Donnerstag 9–13 Uhr
und nach Vereinbarung"""
SPLIT = "Mo–Do 8.30–12 und 13:00–16.30 Uhr\nFr 8.30–12 Uhr"
CLOSED_WEEKS = (
    f"{PLAIN}\n24.12.–1.1. geschlossen\n13.7.2027–31.7.2027 geschlossen\n9.3.2027 10–12 Uhr"
)
HOLIDAYS = "Montag bis Freitag 9–17 Uhr\nFronleichnam 10–12 Uhr\n1. Mai geschlossen"
NIGHT = "Sa 20–24 Uhr\nSo 0–6 Uhr"
DAILY = "täglich 10–20 Uhr\nan Feiertagen 12–14 Uhr"
ENGLISH = "Monday to Wednesday 9 am–12 pm and 2–5 pm\nFriday 9–11\nother days: ask us (we tell you)"

#: Text, state, and moments at which it is open (+) or closed (-). 1 December 2026 is a Tuesday.
CASES = (
    (
        PLAIN,
        NRW,
        """
        2026-12-01 00:00 -   2026-12-01 14:59 -   2026-12-01 15:00 +   2026-12-01 15:01 +
        2026-12-01 17:59 +   2026-12-01 18:00 -   2026-12-01 23:59 -   2026-12-02 08:59 -
        2026-12-02 09:00 +   2026-12-02 12:59 +   2026-12-02 13:00 -   2026-12-02 15:30 -
        2026-12-03 09:00 +   2026-12-03 11:00 +   2026-12-03 13:00 -   2026-12-04 10:00 -
        2026-12-05 10:00 -   2026-12-06 10:00 -   2026-11-30 10:00 -   2026-11-30 16:00 -
        2024-02-29 09:00 +   2024-02-29 13:00 -   2028-02-29 15:00 +   2028-02-29 09:00 -
        """,
    ),
    (
        SPLIT,
        NRW,
        """
        2026-11-30 08:29 -   2026-11-30 08:30 +   2026-11-30 11:59 +   2026-11-30 12:00 -
        2026-11-30 12:59 -   2026-11-30 13:00 +   2026-11-30 16:29 +   2026-11-30 16:30 -
        2026-12-01 08:30 +   2026-12-01 12:30 -   2026-12-02 14:00 +   2026-12-03 16:29 +
        2026-12-04 08:30 +   2026-12-04 11:59 +   2026-12-04 12:00 -   2026-12-04 13:30 -
        2026-12-05 09:00 -   2026-12-06 09:00 -
        """,
    ),
    (
        CLOSED_WEEKS,
        NRW,
        """
        2026-12-22 16:00 +   2026-12-23 10:00 +   2026-12-24 10:00 -   2026-12-29 16:00 -
        2026-12-30 10:00 -   2026-12-31 10:00 -   2027-01-05 16:00 +   2027-01-06 10:00 +
        2027-07-08 10:00 +   2027-07-13 16:00 -   2027-07-14 10:00 -   2027-07-20 16:00 -
        2027-07-29 10:00 -   2027-08-03 16:00 +   2026-07-14 16:00 +   2028-07-18 16:00 +
        2027-03-09 10:00 +   2027-03-09 11:59 +   2027-03-09 12:00 -   2027-03-09 16:00 -
        2026-03-09 10:00 -   2027-03-16 16:00 +   2027-12-28 16:00 -   2028-01-04 16:00 +
        """,
    ),
    (
        HOLIDAYS,
        NRW,
        """
        2026-06-03 09:00 +   2026-06-04 09:00 -   2026-06-04 10:00 +   2026-06-04 11:59 +
        2026-06-04 12:00 -   2026-06-05 09:00 +   2026-05-01 10:00 -   2026-05-04 10:00 +
        2026-12-25 10:00 -   2027-01-01 10:00 -   2026-04-03 10:00 -   2026-04-06 10:00 -
        2026-04-07 10:00 +   2026-05-14 10:00 -   2026-05-25 10:00 -   2026-05-26 10:00 +
        2027-11-01 10:00 -   2025-10-31 10:00 +   2025-10-03 10:00 -   2026-01-06 10:00 +
        2025-11-19 10:00 +   2027-05-27 09:00 -   2027-05-27 11:00 +   2027-05-28 09:00 +
        """,
    ),
    (
        HOLIDAYS,
        BAVARIA,
        """
        2026-01-06 10:00 -   2026-01-07 10:00 +   2026-06-04 10:00 +   2026-06-04 13:00 -
        2027-11-01 10:00 -   2025-10-31 10:00 +   2027-03-08 10:00 +   2025-11-19 10:00 +
        """,
    ),
    (
        "Montag bis Freitag 9–17 Uhr",
        SAXONY,
        """
        2025-10-31 10:00 -   2025-11-19 10:00 -   2025-11-20 10:00 +   2026-06-04 10:00 +
        2027-11-01 10:00 +   2026-01-06 10:00 +   2025-10-03 10:00 -   2025-10-30 16:59 +
        """,
    ),
    (
        NIGHT,
        NRW,
        """
        2026-03-28 19:59 -   2026-03-28 20:00 +   2026-03-28 23:59 +   2026-03-29 00:00 +
        2026-03-29 01:59 +   2026-03-29 03:00 +   2026-03-29 05:59 +   2026-03-29 06:00 -
        2026-10-24 23:59 +   2026-10-25 00:00 +   2026-10-25 01:59 +   2026-10-25 02:30 +
        2026-10-25 03:00 +   2026-10-25 05:59 +   2026-10-25 06:00 -   2026-10-26 00:30 -
        """,
    ),
    (
        PLAIN,
        NRW,
        """
        2026-03-24 15:00 +   2026-03-24 17:59 +   2026-03-24 18:00 -   2026-03-31 14:59 -
        2026-03-31 15:00 +   2026-03-31 17:59 +   2026-03-31 18:00 -   2026-10-20 15:00 +
        2026-10-20 18:00 -   2026-10-27 14:59 -   2026-10-27 15:00 +   2026-10-27 18:00 -
        """,
    ),
    (
        DAILY,
        NRW,
        """
        2026-11-28 10:00 +   2026-11-29 19:59 +   2026-11-29 20:00 -   2026-12-24 10:00 +
        2026-12-25 10:00 -   2026-12-25 12:00 +   2026-12-25 13:59 +   2026-12-25 14:00 -
        2026-12-26 12:30 +   2026-12-26 18:00 -   2026-12-27 18:00 +   2026-06-04 11:00 -
        """,
    ),
    (
        ENGLISH,
        NRW,
        """
        2026-11-30 09:00 +   2026-11-30 11:59 +   2026-11-30 12:00 -   2026-11-30 14:00 +
        2026-12-02 16:59 +   2026-12-02 17:00 -   2026-12-03 09:00 -   2026-12-04 10:59 +
        2026-12-04 11:00 -   2026-12-04 14:00 -
        """,
    ),
)


def stated() -> list[tuple[str, str, str, bool]]:
    """Each moment of :data:`CASES` on its own."""
    rows = []
    for text, land, moments in CASES:
        words = moments.split()
        for day, time, sign in zip(words[::3], words[1::3], words[2::3], strict=True):
            rows.append((text, land, f"{day} {time}", sign == "+"))
    return rows


def test_every_stated_moment_is_open_or_closed_as_stated() -> None:
    rows = stated()
    wrong = []
    for text, land, moment, is_open in rows:
        state = parse(text, land).state_at(at(moment))
        if state is None or state.is_open != is_open:
            wrong.append((text, land, moment))
    assert not wrong
    assert len(rows) >= 150


def at(moment: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(moment).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "moment", "change"),
    [
        (PLAIN, "2026-12-01 16:00", "2026-12-01 18:00"),
        (PLAIN, "2026-12-01 18:00", "2026-12-02 09:00"),
        (PLAIN, "2026-12-03 13:00", "2026-12-08 15:00"),
        (CLOSED_WEEKS, "2026-12-23 13:00", "2027-01-05 15:00"),
        (NIGHT, "2026-10-24 21:00", "2026-10-25 06:00"),
        ("Sa 23–24 Uhr", "2026-03-28 23:30", "2026-03-29 00:00"),
    ],
)
def test_the_next_change_is_known(text: str, moment: str, change: str) -> None:
    state = parse(text, NRW).state_at(at(moment))
    assert state is not None
    assert state.changes_at == at(change)


def test_an_evening_that_loses_an_hour_is_shorter_by_the_clock_in_space() -> None:
    state = parse(NIGHT, NRW).state_at(at("2026-03-28 20:00"))
    assert state is not None
    assert state.changes_at is not None
    lasts = state.changes_at.astimezone(datetime.UTC) - at("2026-03-28 20:00")
    assert lasts.total_seconds() == 9 * 3600


def test_a_holiday_is_named_on_the_day_it_closes() -> None:
    hours = parse("Freitag 9–12 Uhr", NRW)
    state = hours.state_at(at("2026-12-25 10:00"))
    assert state is not None
    assert state.holiday == "Erster Weihnachtstag"


def test_a_date_goes_before_a_holiday_and_one_year_before_every_year() -> None:
    hours = parse("25.12. geschlossen\n25.12.2026 10–11 Uhr\nFr 9–17 Uhr", NRW)
    assert [span.start for span in hours.spans_on(datetime.date(2026, 12, 25))] == [600]
    assert hours.spans_on(datetime.date(2027, 12, 25)) == ()


@pytest.mark.parametrize("text", ["", "nach Vereinbarung", "(Jeden ersten Samstag 10–12 Uhr)"])
def test_notes_alone_say_nothing_about_now(text: str) -> None:
    assert parse(text, NRW).state_at(at("2026-12-01 16:00")) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Mo 9–12 und 11–13 Uhr", "overlap"),
        ("Fr 9–12 Uhr\nMo–Fr 11–14 Uhr", "overlap"),
        ("Mariä Himmelfahrt geschlossen", "Mariä Himmelfahrt is no public holiday in Nordrhein"),
        ("Buß- und Bettag 9–12 Uhr", "no public holiday in Nordrhein-Westfalen"),
        ("Mo 12–9 Uhr", "closes before it opens"),
        ("Mo 9–25 Uhr", "25:00 is no time"),
        ("Mo 9–12:60 Uhr", "12:60 is no time"),
        ("31.2. geschlossen", "31.2. is no date"),
        ("29.2.2027 geschlossen", "29.2.2027 is no date"),
        ("3.5.2027–1.5.2027 geschlossen", "last day is before"),
        ("24.12.–1.1. geschlossen\n31.12. 9–12 Uhr", "same day"),
        ("1. Mai geschlossen\n1. Mai 9–12 Uhr", "same day"),
        ("Jeden ersten Samstag 10–12 Uhr", "We miss the weekday"),
        ("9–12 Uhr", "We miss the weekday"),
        ("Donnerstag bis 18 Uhr", "do not understand the times"),
        ("Mo vormittags", "do not understand the times"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(text: str, reason: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        parse(text, NRW)
    message = str(refused.value.messages[0])
    assert reason in message
    assert text.splitlines()[-1] in message


def test_each_line_that_is_wrong_is_named() -> None:
    with pytest.raises(ValidationError) as refused:
        parse("Mo 12–9 Uhr\nDi 9–12 Uhr\n31.2. geschlossen", NRW)
    assert len(refused.value.messages) == 2


def test_the_end_of_a_time_of_days_is_not_told_as_a_time_of_today():
    state = parse("täglich 0–24 Uhr", NRW).state_at(at("2026-11-25 12:00"))
    assert state == State(True, None)

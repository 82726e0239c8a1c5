"""Deadlines: end of day and stated hours in German time, around midnight, DST and month ends."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from funding.choices import DeadlineKind
from funding.deadlines import Problem, Round, State, end_of, over_from, problems, status

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)

#: Last day, and the moment in UTC from which it is over: written by hand, one line a case.
ENDS_OF_DAYS = [
    "2026-01-01 2026-01-01T23:00",
    "2026-01-31 2026-01-31T23:00",
    "2026-02-28 2026-02-28T23:00",
    "2028-02-28 2028-02-28T23:00",
    "2028-02-29 2028-02-29T23:00",
    "2026-03-28 2026-03-28T23:00",
    "2026-03-29 2026-03-29T22:00",
    "2026-03-30 2026-03-30T22:00",
    "2026-03-31 2026-03-31T22:00",
    "2026-04-30 2026-04-30T22:00",
    "2026-06-30 2026-06-30T22:00",
    "2026-07-31 2026-07-31T22:00",
    "2026-09-30 2026-09-30T22:00",
    "2026-10-24 2026-10-24T22:00",
    "2026-10-25 2026-10-25T23:00",
    "2026-10-26 2026-10-26T23:00",
    "2026-10-31 2026-10-31T23:00",
    "2026-11-30 2026-11-30T23:00",
    "2026-12-30 2026-12-30T23:00",
    "2026-12-31 2026-12-31T23:00",
    "2027-03-28 2027-03-28T22:00",
    "2027-10-31 2027-10-31T23:00",
]

#: Last day, stated hour, and the moment in UTC from which it is over. 2:30 does not exist on 29
#: March and exists twice on 25 October: the earlier moment counts.
HOURS = [
    "2026-01-15 12:00 2026-01-15T11:00",
    "2026-01-31 23:59 2026-01-31T22:59",
    "2026-03-28 12:00 2026-03-28T11:00",
    "2026-03-29 01:30 2026-03-29T00:30",
    "2026-03-29 02:30 2026-03-29T00:30",
    "2026-03-29 03:00 2026-03-29T01:00",
    "2026-03-29 12:00 2026-03-29T10:00",
    "2026-07-31 18:00 2026-07-31T16:00",
    "2026-10-25 02:30 2026-10-25T00:30",
    "2026-10-25 03:00 2026-10-25T02:00",
    "2026-10-25 12:00 2026-10-25T11:00",
    "2026-12-31 15:00 2026-12-31T14:00",
]

#: Days left at a moment in UTC, for a round whose last day is the 31st of March 2026.
DAYS_LEFT = [
    ("2026-03-31T21:59", 0),
    ("2026-03-30T22:00", 0),
    ("2026-03-30T21:59", 1),
    ("2026-03-29T22:00", 1),
    ("2026-03-29T21:59", 2),
    ("2026-03-28T23:00", 2),
    ("2026-03-28T22:59", 3),
    ("2026-03-01T11:00", 30),
    ("2026-02-28T22:59", 31),
    ("2025-12-31T23:00", 89),
]

#: Kind, rounds as "opens>closes", moment in German time, state, days left.
KINDS = [
    ("termin", ">2026-12-01", "2026-11-26T10:00", "OPEN", 5),
    ("termin", "2026-11-27>2026-12-01", "2026-11-26T23:59", "OPENS_LATER", None),
    ("termin", "2026-11-27>2026-12-01", "2026-11-27T00:00", "OPEN", 4),
    ("termin", "2026-11-26>2026-11-26", "2026-11-26T00:00", "OPEN", 0),
    ("termin", "2026-11-26>2026-11-26", "2026-11-27T00:00", "OVER", None),
    ("termin", "", "2026-11-26T10:00", "UNKNOWN", None),
    ("runden", "", "2026-11-26T10:00", "UNKNOWN", None),
    ("runden", ">2026-03-31 >2026-09-30", "2026-03-31T23:59", "OPEN", 0),
    ("runden", ">2026-03-31 >2026-09-30", "2026-04-01T00:00", "OPEN", 182),
    ("runden", ">2026-09-30 >2026-03-31", "2026-03-01T00:00", "OPEN", 30),
    ("runden", ">2026-03-31 2026-08-01>2026-09-30", "2026-05-01T12:00", "OPENS_LATER", None),
    ("runden", ">2026-03-31 2026-08-01>2026-09-30", "2026-08-01T00:00", "OPEN", 60),
    ("runden", ">2026-03-31 2026-08-01>2026-09-30", "2026-10-01T00:00", "OVER", None),
    ("laufend", "", "2026-11-26T10:00", "OPEN", None),
    ("laufend", ">2026-12-15", "2026-11-26T10:00", "OPEN", 19),
    ("laufend", ">2026-06-15 >2026-12-15", "2026-11-26T10:00", "OPEN", 19),
    ("laufend", ">2026-06-15", "2026-11-26T10:00", "OPEN", None),
    ("laufend", "2027-01-01>2027-02-01", "2026-11-26T10:00", "OPEN", 67),
    ("dauerhaft", "", "2026-11-26T10:00", "OPEN", None),
    ("dauerhaft", "", "1999-01-01T00:00", "OPEN", None),
    ("solange-vorrat", "", "2026-11-26T10:00", "OPEN", None),
    ("solange-vorrat", ">2026-11-26", "2026-11-26T23:59", "OPEN", 0),
    ("solange-vorrat", ">2026-11-26", "2026-11-27T00:00", "OVER", None),
    ("solange-vorrat", "2026-12-01>2026-12-31", "2026-11-30T23:59", "OPENS_LATER", None),
    ("angekuendigt", "", "2026-11-26T10:00", "ANNOUNCED", None),
    ("angekuendigt", ">2027-03-31", "2026-11-26T10:00", "ANNOUNCED", None),
    ("angekuendigt", "2027-01-01>2027-03-31", "2026-12-31T23:59", "OPENS_LATER", None),
    ("angekuendigt", "2027-01-01>2027-03-31", "2027-01-01T00:00", "OPEN", 89),
    ("angekuendigt", "2027-01-01>2027-03-31", "2027-04-01T00:00", "OVER", None),
    ("geschlossen", "", "2026-11-26T10:00", "OVER", None),
    ("geschlossen", ">2030-01-01", "2026-11-26T10:00", "OVER", None),
    ("unbekannt", "", "2026-11-26T10:00", "UNKNOWN", None),
    ("unbekannt", ">2026-01-01", "2026-11-26T10:00", "UNKNOWN", None),
]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def rounds(text: str) -> list[Round]:
    found = []
    for entry in text.split():
        opens, _, closes = entry.partition(">")
        first = date.fromisoformat(opens) if opens else None
        found.append(Round(date.fromisoformat(closes), opens_on=first))
    return found


def german(text: str) -> datetime:
    """A moment in German time: one hour before UTC, two from end of March to end of October."""
    naive = datetime.fromisoformat(text)
    is_summer = "03-29T03" <= text[5:13] < "10-25T03"
    return (naive - timedelta(hours=2 if is_summer else 1)).replace(tzinfo=UTC)


@pytest.mark.parametrize("row", ENDS_OF_DAYS)
@pytest.mark.parametrize(
    "offset, state, days",
    [
        (-DAY + timedelta(hours=-2), State.OPEN, 1),
        (-SECOND, State.OPEN, 0),
        (timedelta(0), State.OVER, None),
        (DAY, State.OVER, None),
    ],
)
def test_the_last_day_counts_to_its_end_in_germany(row, offset, state, days):
    last, over = row.split()
    found = status(DeadlineKind.ONE_OFF, [Round(date.fromisoformat(last))], moment(over) + offset)
    assert (found.state, found.days_left) == (state, days)


@pytest.mark.parametrize("row", HOURS)
@pytest.mark.parametrize("offset, state", [(-SECOND, State.OPEN), (timedelta(0), State.OVER)])
def test_a_stated_hour_is_one_of_germany(row, offset, state):
    last, hour, over = row.split()
    entry = Round(date.fromisoformat(last), time.fromisoformat(hour))
    assert status(DeadlineKind.ONE_OFF, [entry], moment(over) + offset).state == state


@pytest.mark.parametrize("now, days", DAYS_LEFT)
def test_days_are_counted_as_calendars_in_germany_do(now, days):
    found = status(DeadlineKind.ONE_OFF, [Round(date(2026, 3, 31))], moment(now))
    assert found.days_left == days


@pytest.mark.parametrize("kind, given, now, state, days", KINDS)
def test_every_kind_says_how_it_stands(kind, given, now, state, days):
    found = status(kind, rounds(given), german(now))
    assert (found.state.name, found.days_left) == (state, days)


@pytest.mark.parametrize(
    "given, last",
    [
        ("", None),
        (">2030-01-01", None),
        (">2026-03-31 >2030-01-01", date(2026, 3, 31)),
        (">2026-09-30 >2026-03-31", date(2026, 9, 30)),
    ],
)
def test_what_is_closed_names_its_last_round_that_is_over(given, last):
    found = status(DeadlineKind.CLOSED, rounds(given), german("2026-11-26T10:00")).round
    assert (found and found.closes_on) == last


@pytest.mark.parametrize(
    "kind, given, expected",
    [
        ("termin", ">2026-12-01", "2026-12-01T23:00"),
        ("runden", ">2026-12-01 >2027-03-01", "2027-03-01T23:00"),
        ("runden", "", None),
        ("laufend", ">2026-12-01", None),
        ("dauerhaft", "", None),
        ("solange-vorrat", "", None),
        ("solange-vorrat", ">2026-12-01", "2026-12-01T23:00"),
        ("angekuendigt", "", None),
        ("angekuendigt", "2027-01-01>2027-03-31", "2027-03-31T22:00"),
        ("geschlossen", "", "2000-01-01T00:00"),
        ("unbekannt", ">2026-12-01", None),
    ],
)
def test_lists_know_when_it_is_over(kind, given, expected):
    assert over_from(kind, rounds(given)) == (expected and moment(expected))


def test_lists_know_a_stated_hour():
    entry = Round(date(2026, 7, 31), time(18))
    assert over_from(DeadlineKind.ONE_OFF, [entry]) == moment("2026-07-31T16:00")


def test_the_last_day_there_is_has_an_end():
    assert end_of(date.max).date() == date.max


@pytest.mark.parametrize(
    "kind, given, expected",
    [
        ("termin", ">2026-12-01", []),
        ("termin", "2026-12-02>2026-12-01", [Problem.ENDS_BEFORE_START]),
        ("termin", "", [Problem.ROUND_MISSING]),
        ("termin", ">2026-12-01 >2027-01-01", [Problem.ONE_ROUND_ONLY]),
        ("runden", ">2026-12-01 >2026-12-01", [Problem.TWICE]),
        ("runden", ">2026-12-01 2026-11-01>2026-12-01", [Problem.TWICE]),
        ("runden", "2026-01-01>2026-06-30 2026-06-30>2026-12-31", [Problem.OVERLAP]),
        ("runden", "2026-01-01>2026-06-30 2026-07-01>2026-12-31", []),
        ("runden", "", [Problem.ROUND_MISSING]),
        ("dauerhaft", ">2026-12-01", [Problem.NO_ROUNDS_HERE]),
        ("laufend", ">2026-12-01", []),
        ("geschlossen", ">2026-12-01", []),
    ],
)
def test_contradictions_are_named(kind, given, expected):
    assert problems(kind, rounds(given)) == expected


def test_midnight_is_the_beginning_of_the_day():
    assert problems("termin", [Round(date(2026, 12, 31), time(0))]) == [Problem.MIDNIGHT]

"""The contract of every engine: dates with a name, preferences."""

import datetime

import pytest

from search.dates import DateRange, Edge, NamedDate, Period, stored
from search.engines.base import EngineAnswer, Preference
from search.models import Entry, IndexClock
from tests.search.factories import TODAY, ask_engine, make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]

DEADLINE = NamedDate("frist")
BEGINNING = NamedDate("termin", Edge.START)


def day(number: int) -> datetime.date:
    """The day ``number`` days from today."""
    return TODAY + datetime.timedelta(days=number)


def closing(page_id: int, *last_days: int, **fields: object) -> Entry:
    """A page with one round for each last day."""
    rounds = [Period(ends_on=day(number)) for number in last_days]
    return make_entry(page_id, dates=stored({"frist": rounds}), **fields)


def within(number: int) -> DateRange:
    return DateRange(DEADLINE, TODAY, day(number))


WINDOWS = {"frist": {"7": within(7), "30": within(30)}}


def test_range_of_dates_includes_both_days() -> None:
    for page_id, number in enumerate((-1, 0, 30, 31), start=1):
        closing(page_id, number)

    assert set(ask_engine(selected={"frist": ("30",)}, ranges=WINDOWS).page_ids) == {2, 3}


def test_pages_without_a_date_are_in_no_range() -> None:
    make_entry(1)
    make_entry(2, dates=stored({"termin": [Period(day(1), day(2))]}))
    make_entry(3, dates=stored({"frist": [Period(starts_on=day(1))]}))

    assert ask_engine(selected={"frist": ("30",)}, ranges=WINDOWS).page_ids == []


def test_a_range_may_be_open_and_a_page_needs_one_period_in_it() -> None:
    closing(1, -40, 40)
    closing(2, -40)
    later = {"frist": {"later": DateRange(DEADLINE, first=day(31))}}
    earlier = {"frist": {"earlier": DateRange(DEADLINE, last=day(-1))}}

    assert ask_engine(selected={"frist": ("later",)}, ranges=later).page_ids == [1]
    assert ask_engine(fixed={"frist": ("earlier",)}, ranges=earlier).total == 2


def test_ranges_are_counted_and_dropped_as_values_of_a_facet() -> None:
    closing(1, 3, facets={"thema": ["sport"]})
    closing(2, 20, facets={"thema": ["sport"]})
    closing(3, 90, facets={"thema": ["kultur"]})

    answer = ask_engine(
        selected={"frist": ("7",)}, ranges=WINDOWS, facets=("frist", "thema"), page_size=1
    )

    assert answer.total == 1
    assert answer.counts["frist"] == {"7": 1, "30": 2}
    assert answer.counts["thema"] == {"sport": 1}
    assert answer.without == {"frist": 3}


def test_several_ranges_are_ored() -> None:
    closing(1, 3)
    closing(2, 20)

    assert ask_engine(selected={"frist": ("7", "30")}, ranges=WINDOWS).total == 2


def test_soonest_deadline_first_then_pages_without_one() -> None:
    make_entry(1, date=TODAY)
    closing(2, 20)
    closing(3, -5, 10)
    closing(4, -5, date=day(-1))

    assert ask_engine(sort="termin", soonest=DEADLINE).page_ids == [3, 2, 1, 4]


def test_what_has_begun_and_is_not_over_is_soonest_by_its_beginning() -> None:
    for page_id, (first, last) in enumerate(((2, 2), (-3, 1), (-9, -8)), start=1):
        make_entry(page_id, dates=stored({"termin": [Period(day(first), day(last))]}))
    make_entry(4, dates=stored({"termin": [Period(day(-1))]}))

    assert ask_engine(sort="termin", soonest=BEGINNING).page_ids[:2] == [2, 1]


def test_changed_dates_are_found_at_once() -> None:
    entry = closing(1, 3)
    ask_engine(selected={"frist": ("7",)}, ranges=WINDOWS)
    IndexClock.advance()
    entry.version = IndexClock.version().counter
    entry.dates = stored({"frist": [Period(ends_on=day(20))]})
    entry.save()

    assert ask_engine(selected={"frist": ("7",)}, ranges=WINDOWS).total == 0
    assert ask_engine(selected={"frist": ("30",)}, ranges=WINDOWS).total == 1


def prefer(*preferences: Preference, text: str | None = None, **changes: object) -> EngineAnswer:
    return ask_engine(text, sort="relevanz", preferences=preferences, **changes)


def test_preferences_rank_by_how_many_are_met_and_exclude_nothing() -> None:
    make_entry(1, facets={"thema": ["sport"]}, date=day(-3))
    make_entry(2, facets={"thema": ["sport"], "form": ["tandem"]}, date=day(-9))
    make_entry(3, facets={"form": ["tandem"]}, date=day(-2))
    make_entry(4, date=TODAY)

    answer = prefer(Preference("thema", ("sport", "kultur")), Preference("form", ("tandem",)))

    assert answer.page_ids == [2, 3, 1, 4]
    assert answer.total == 4
    assert answer.met == {2: (0, 1), 3: (1,), 1: (0,), 4: ()}


def test_a_heavier_preference_counts_for_more() -> None:
    make_entry(1, facets={"thema": ["sport"]})
    make_entry(2, facets={"form": ["tandem"], "geld": ["ohne"]})
    light = (Preference("form", ("tandem",)), Preference("geld", ("ohne",)))

    assert prefer(Preference("thema", ("sport",), weight=3), *light).page_ids == [1, 2]
    assert prefer(Preference("thema", ("sport",)), *light).page_ids == [2, 1]


def test_among_pages_found_by_words_those_with_all_words_stay_first() -> None:
    make_entry(1, text="Mentoring im Verein")
    make_entry(2, text="Mentoring im Betrieb", facets={"thema": ["sport"]})
    make_entry(3, text="Mentoring im Verein am Ort", facets={"thema": ["sport"]})

    answer = prefer(Preference("thema", ("sport",)), text="Mentoring Verein")

    assert answer.page_ids == [3, 1, 2]


def test_preferences_may_ask_for_any_of_several_values_and_for_dates() -> None:
    make_entry(1, date=TODAY)
    make_entry(2, facets={"gebiet": ["bund"]})
    closing(3, 5)

    answer = prefer(
        Preference("gebiet", ("goerlitz", "sachsen", "bund")),
        Preference("frist", ("30",), weight=2),
        ranges=WINDOWS,
    )

    assert answer.page_ids == [3, 2, 1]


def test_another_order_than_relevance_leaves_preferences_aside() -> None:
    make_entry(1, title="A")
    make_entry(2, title="B", facets={"thema": ["sport"]})

    asked = ask_engine(sort="titel", preferences=(Preference("thema", ("sport",)),))

    assert asked.page_ids == [1, 2]
    assert asked.met[2] == (0,)


def test_a_page_may_need_a_larger_share_of_the_words() -> None:
    make_entry(1, text="Mentoring im Verein")
    make_entry(2, text="Mentoring am Tisch")
    make_entry(3, text="Ein Tisch")

    assert ask_engine("Mentoring Verein", least_share=0.2).total == 2
    assert ask_engine("Mentoring Verein", least_share=0.9).page_ids == [1]


def test_what_another_entry_takes_the_place_of_is_not_found() -> None:
    make_entry(1, facets={"programm": ["a"]})
    make_entry(2, facets={"programm": ["b"]})
    make_entry(3)

    found = ask_engine(hidden={"programm": ("a", "c")})
    assert (set(found.page_ids), found.total) == ({2, 3}, 2)

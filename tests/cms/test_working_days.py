"""Working days of a state."""

import csv
import datetime
from pathlib import Path

from cms.working_days import STATES, add_working_days, is_working_day, public_holidays

FRIDAY = datetime.date(2026, 10, 30)


def test_weekend_is_no_working_day():
    assert not is_working_day(datetime.date(2026, 11, 28))


def test_holiday_of_one_state_is_a_working_day_in_another():
    corpus_christi = datetime.date(2026, 6, 4)
    assert not is_working_day(corpus_christi, "Nordrhein-Westfalen")
    assert is_working_day(corpus_christi, "Berlin")


def test_unknown_state_has_the_holidays_of_all():
    assert not is_working_day(datetime.date(2026, 12, 25), "Irgendwo")


def test_working_days_are_counted_past_the_weekend():
    assert add_working_days(FRIDAY, 3, "Berlin") == datetime.date(2026, 11, 4)


def test_working_days_are_counted_past_a_holiday():
    # Christmas Day is a Friday, New Year's Day another.
    assert add_working_days(datetime.date(2026, 12, 23), 3) == datetime.date(2026, 12, 29)


def test_holidays_have_german_names():
    assert public_holidays("Bayern")[datetime.date(2026, 12, 25)] == "Erster Weihnachtstag"


def test_every_state_of_the_place_data_is_known():
    with Path("cms/data/places_de.csv").open(encoding="utf-8") as file:
        assert {row["land"] for row in csv.DictReader(file)} == set(STATES)

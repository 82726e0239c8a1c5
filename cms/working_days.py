"""When days begin, and working days in a German state (Land): no weekend, no public holiday.

Public holidays are law of the states; the package ``holidays`` knows them, year by year.
"""

import datetime
from functools import cache

from django.utils import timezone
from holidays import HolidayBase, country_holidays

#: Days after it are typing errors; 31.12.9999 has no day after it.
LAST_YEAR = 2099

#: ISO 3166-2 codes of the states, by their names in the place data.
STATES = {
    "Baden-Württemberg": "BW",
    "Bayern": "BY",
    "Berlin": "BE",
    "Brandenburg": "BB",
    "Bremen": "HB",
    "Hamburg": "HH",
    "Hessen": "HE",
    "Mecklenburg-Vorpommern": "MV",
    "Niedersachsen": "NI",
    "Nordrhein-Westfalen": "NW",
    "Rheinland-Pfalz": "RP",
    "Saarland": "SL",
    "Sachsen": "SN",
    "Sachsen-Anhalt": "ST",
    "Schleswig-Holstein": "SH",
    "Thüringen": "TH",
}
_SATURDAY = 5


@cache
def public_holidays(land: str = "") -> HolidayBase:
    """The holidays of a state by day, with their German names; years are added as they are asked.

    Args:
        land: its name; of an unknown or empty one, those that all states share.
    """
    return country_holidays("DE", subdiv=STATES.get(land), language="de")


def midnight(day: datetime.date) -> datetime.datetime:
    """The first moment of a day of the site, whatever zone a request is in."""
    return datetime.datetime.combine(day, datetime.time(), timezone.get_default_timezone())


def is_working_day(day: datetime.date, land: str = "") -> bool:
    """Whether offices of the state are open on ``day``."""
    return day.weekday() < _SATURDAY and day not in public_holidays(land)


def add_working_days(start: datetime.date, days: int, land: str = "") -> datetime.date:
    """The day on which ``days`` working days after ``start`` have begun.

    Args:
        start: is not counted itself.
        days: how many, 0 or more.
        land: the state.
    """
    day = start
    while days > 0:
        day += datetime.timedelta(days=1)
        days -= is_working_day(day, land)
    return day

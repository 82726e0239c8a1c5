"""A month as a field: read in every spelling that can only mean one, shown as “März 2026”."""

import datetime
import re
from typing import Any

from django import forms
from django.db import models
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cms.text import slugify

_YEAR = r"(?P<year>[12]\d{3})"
_NUMBER = r"(?P<number>\d{1,2})"
#: 03/2026, 3.2026, 3 2026; 2026-03; März 2026, Mär. 2026.
_SPELLINGS = (
    re.compile(rf"{_NUMBER}(?:\s*[./-]\s*|\s+){_YEAR}"),
    re.compile(rf"{_YEAR}\s*[/-]\s*{_NUMBER}"),
    re.compile(rf"(?P<name>[^\W\d_]{{3,}})\.?\s*{_YEAR}"),
)
# The usual German abbreviation that is not the beginning of the name.
_ABBREVIATIONS = {"mrz": 3}


def parse_month(text: str) -> datetime.date | None:
    """The first day of the month that ``text`` names with its year of four digits, or ``None``."""
    matches = (spelling.fullmatch(text.strip()) for spelling in _SPELLINGS)
    found = next((match.groupdict() for match in matches if match), None)
    if found is None:
        return None
    number = int(found["number"]) if "number" in found else _number_of(found["name"])
    return datetime.date(int(found["year"]), number, 1) if number in MONTHS else None


def _number_of(name: str) -> int | None:
    """The month whose name in the current language begins like this."""
    given = slugify(name)
    names = {number: slugify(str(month)) for number, month in MONTHS.items()}
    begun = (number for number, month in names.items() if month.startswith(given))
    return next(begun, _ABBREVIATIONS.get(given))


class MonthFormField(forms.DateField):
    """Takes a month, or a day for the month it lies in; gives the month's first day."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _(
            "This month cannot be read. Enter month and year, for example March 2026 or 03/2026."
        ),
    }

    def prepare_value(self, value: object) -> object:
        """The month in words; what was typed as it was typed."""
        if isinstance(value, datetime.date):
            return date_format(value, "YEAR_MONTH_FORMAT")
        return value

    def to_python(self, value: str | datetime.date | None) -> datetime.date | None:
        """Read a month first, then a day as Django does.

        Raises:
            ValidationError: neither a month nor a day that exists.
        """
        if isinstance(value, str) and (month := parse_month(value)):
            return month
        day = super().to_python(value)
        return day.replace(day=1) if day else None


class MonthField(models.DateField[datetime.date | str, datetime.date | None]):
    """A month, stored as its first day; in forms it is typed and shown as “März 2026”.

    Another day of the month is read as the first, so that no form or comparison sees a change
    where nobody can see one.
    """

    def from_db_value(self, value: datetime.date | None, *args: object) -> datetime.date | None:
        """The first day of the month."""
        return value.replace(day=1) if value else None

    def to_python(self, value: object) -> datetime.date | None:
        """The first day of the month."""
        day = super().to_python(value)
        return day.replace(day=1) if day else None

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """A field for months, although Wagtail asks for its date picker for every date."""
        return super().formfield(
            **kwargs | {"form_class": MonthFormField, "widget": forms.TextInput}
        )

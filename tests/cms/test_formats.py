"""Dates are written as the language of the page writes them, and read as Germans type them."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail import blocks


@pytest.mark.parametrize(
    ("language", "written"), [("de", "10. November 2026"), ("en", "10 November 2026")]
)
def test_date_is_written_as_its_language_does(language, written):
    with translation.override(language):
        assert date_format(datetime.date(2026, 11, 10), "DATE_FORMAT") == written


MARCH = datetime.date(2026, 3, 1)
HALF_PAST_TWO = datetime.time(14, 30)

#: What nobody can take for a day without guessing.
UNREADABLE = [
    "März 2026",
    "03/2026",
    "2026-03",
    "2026",
    "gestern",
    "31.02.2026",
    "30.2.26",
    "2026-02-31",
    "1.13.2026",
    "01/03/2026",
    "1.3.",
    "1.3.202",
]


def block_field(block: type[blocks.FieldBlock]) -> forms.Field:
    return block(required=False).field


@pytest.mark.parametrize("typed", ["01.03.2026", "1.3.2026", "1.3.26", "1. 3. 2026", "2026-03-01"])
@pytest.mark.parametrize("field", [forms.DateField(), block_field(blocks.DateBlock)])
def test_a_day_is_read_in_every_spelling_that_can_only_mean_it(field, typed):
    assert field.clean(f" {typed} ") == MARCH


@pytest.mark.parametrize(
    "typed",
    [
        "01.03.2026 14:30",
        "1.3.2026 14:30",
        "1.3.26 14.30 Uhr",
        "1.3.2026, 14:30 Uhr",
        "1. 3. 2026 14.30",
        "2026-03-01 14:30",
        "2026-03-01T14:30",
    ],
)
@pytest.mark.parametrize("field", [forms.DateTimeField(), block_field(blocks.DateTimeBlock)])
def test_a_moment_is_read_in_every_spelling_that_can_only_mean_it(field, typed):
    moment = datetime.datetime.combine(MARCH, HALF_PAST_TWO)
    assert field.clean(typed) == timezone.make_aware(moment)


@pytest.mark.parametrize("typed", ["1.3.2026", "2026-03-01"])
def test_a_moment_without_a_time_is_the_beginning_of_its_day(typed):
    midnight = datetime.datetime.combine(MARCH, datetime.time.min)
    assert forms.DateTimeField().clean(typed) == timezone.make_aware(midnight)


@pytest.mark.parametrize("typed", ["14:30", "14.30", "14:30 Uhr", "14.30 Uhr", "14:30:00"])
@pytest.mark.parametrize("field", [forms.TimeField(), block_field(blocks.TimeBlock)])
def test_a_time_is_read_in_every_spelling_that_can_only_mean_it(field, typed):
    assert field.clean(typed) == HALF_PAST_TWO


@pytest.mark.parametrize("typed", UNREADABLE)
@pytest.mark.parametrize("block", [blocks.DateBlock, blocks.DateTimeBlock])
def test_what_is_no_day_is_refused_with_an_example(block, typed):
    for text in (typed, f"{typed} 14:30"):
        with pytest.raises(ValidationError) as refused:
            block_field(block).clean(text)
        assert "zum Beispiel 01.03.2026" in refused.value.messages[0]


@pytest.mark.parametrize("typed", ["mittags", "25:00", "14:70", "230"])
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="zum Beispiel 14:30"):
        forms.TimeField().clean(typed)

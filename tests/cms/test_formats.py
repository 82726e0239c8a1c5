"""Dates are written as the language of the page writes them."""

import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format


@pytest.mark.parametrize(
    ("language", "written"), [("de", "10. November 2026"), ("en", "10 November 2026")]
)
def test_date_is_written_as_its_language_does(language, written):
    with translation.override(language):
        assert date_format(datetime.date(2026, 11, 10), "DATE_FORMAT") == written

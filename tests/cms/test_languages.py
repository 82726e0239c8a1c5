"""Texts of another language than the page's (WCAG 3.1.2)."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

from cms.languages import localized


@pytest.mark.parametrize(
    "page, text, written, english, expected",
    [
        ("de", "Anlaufstelle", "de", "Desk", ("Anlaufstelle", "")),
        ("en", "Anlaufstelle", "de", "Desk", ("Desk", "")),
        ("en", "Anlaufstelle", "de", "", ("Anlaufstelle", "de")),
        ("en", "Head", "en", "Other head", ("Head", "")),
        ("en", "", "en", "Head", ("Head", "")),
        ("en", "", "de", "", ("", "")),
        ("de", "", "de", "Desk", ("", "")),
    ],
)
def test_what_is_said_and_in_which_language(page, text, written, english, expected):
    with translation.override(page):
        assert localized(text, written, english) == expected


@pytest.mark.parametrize(
    "language, expected", [("de", '<span lang="de">A&amp;B</span>'), ("", "A&amp;B")]
)
def test_part_of_a_sentence_is_marked(language, expected):
    template = Template("{% load languages %}{{ text|localized_in:language }}")
    assert template.render(Context({"text": "A&B", "language": language})) == expected


@pytest.mark.parametrize(
    ("language", "written"), [("de", "10. November 2026"), ("en", "10 November 2026")]
)
def test_dates_are_written_as_readers_here_know_them(language, written):
    with translation.override(language):
        assert date_format(datetime.date(2026, 11, 10), "DATE_FORMAT") == written

"""What a list is called with its filters."""

import pytest
from django.utils import translation

from search.results.titles import narrowed_title, page_of_list
from search.results.types import Chip, Results


def results(*chips: tuple[str, str], text: str = "", page: int = 1) -> Results:
    return Results(
        hits=[],
        total=0,
        page_number=page,
        page_count=page,
        facets=[],
        chips=[Chip(label, "", names=names) for label, names in chips],
        previous_url=None,
        next_url=None,
        clear_url="",
        text=text,
    )


MENTORING, STEINFURT = ("Mentoring", "subject"), ("Kreis Steinfurt", "place")


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (results(), "Beispiele"),
        (results(MENTORING, STEINFURT), "Beispiele zu Mentoring in Kreis Steinfurt"),
        (results(STEINFURT, text="Wald"), "Beispiele zu „Wald“ in Kreis Steinfurt"),
        (results(("mit Geld", ""), MENTORING), "Beispiele zu Mentoring (mit Geld)"),
    ],
)
def test_title_says_what_narrows_the_list(found: Results, title: str) -> None:
    with translation.override("de"):
        assert narrowed_title("Beispiele", found) == title


def test_title_has_the_number_of_the_page_from_the_second_on() -> None:
    with translation.override("de"):
        assert page_of_list("Beispiele", results()) == "Beispiele"
        assert page_of_list("Beispiele", results(page=2)) == "Beispiele – Seite 2"

"""When ``make lighthouse`` says no."""

import pytest

from quality.lighthouse import LIMITS, medians, missed, row, waived
from quality.template import Template

GOOD = {
    "performance": 0.99,
    "accessibility": 1,
    "practices": 1,
    "seo": 1,
    "cls": 0.0,
    "lcp": 1200,
    "tbt": 10,
    "bytes": 60_000,
    "requests": 9,
}
BAD = {
    "performance": 0.96,
    "accessibility": 0.99,
    "practices": 0.99,
    "seo": 0.99,
    "cls": 0.021,
    "lcp": 1510,
    "tbt": 51,
    "bytes": 124_000,
    "requests": 13,
}


def test_what_keeps_all_limits_misses_none() -> None:
    assert missed(medians([GOOD]), set()) == []


@pytest.mark.parametrize("name", [limit.name for limit in LIMITS])
def test_each_limit_counts(name: str) -> None:
    assert missed(medians([GOOD | {name: BAD[name]}]), set()) == [name]


def test_the_median_counts_and_failed_runs_do_not() -> None:
    runs = [GOOD, GOOD | {"lcp": 9000}, GOOD | {"lcp": None}, GOOD]
    assert medians(runs)["lcp"] == 1.2


def test_what_was_never_measured_is_missed() -> None:
    assert missed(medians([GOOD | {"lcp": None, "performance": None}]), set()) == [
        "performance",
        "lcp",
    ]


def test_search_engines_are_not_asked_about_what_they_leave_out() -> None:
    page = b'<meta name="robots" content="noindex, follow">'
    assert waived(Template("de-search", "/suche/", "de"), page) == {"seo"}
    assert waived(Template("de-HomePage", "/", "de"), b"") == set()
    assert "practices" in waived(Template("de-404", "/x/", "de", 404), b"")


def test_the_table_marks_what_is_missed() -> None:
    line = row("de-HomePage", medians([BAD]), ["lcp"], {"seo"})
    assert "**1.51**" in line
    assert line.split("|")[5].strip() == "–"

"""More hits than the server numbers."""

import pytest
from django.template.loader import render_to_string

from search.presets import Preset
from tests.search.factories import ask_engine, make_entry, results
from tests.search.server import IndexOfTests

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def five_entries(elasticsearch: IndexOfTests, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more than the server numbers."""
    monkeypatch.setattr("search.engines.elasticsearch.engine.MAX_WINDOW", 4)
    for page_id in range(1, 6):
        make_entry(page_id)


@pytest.mark.parametrize("page", [2, 3, 10**6])
def test_last_page_is_the_last_that_can_be_reached(page: int) -> None:
    answer = ask_engine(page=page, page_size=2)

    assert (answer.total, answer.page_count, answer.page_number) == (5, 2, 2)
    assert answer.page_ids == [3, 2]


def test_last_page_says_that_the_list_ends_there() -> None:
    preset = Preset(facets=("typ",), page_size=2)
    first, last = results("", preset), results("seite=2", preset)

    assert (first.is_cut, last.is_cut) == (False, True)
    assert "nach 4 von 5 Treffern" in render_to_string(
        "components/pagination.html", {"results": last}
    )

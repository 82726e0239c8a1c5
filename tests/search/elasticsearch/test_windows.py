"""The part of the hits that the server is asked for."""

import pytest

from tests.search.factories import ask_engine, make_entry
from tests.search.server import IndexOfTests

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


def test_pages_with_some_of_the_words_follow_those_with_all(
    elasticsearch: IndexOfTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.engine.MOST", 2)
    for page_id in (1, 2, 3):
        make_entry(page_id, text="Mentoring im Verein")
    for page_id in (4, 5):
        make_entry(page_id, text="Ein Verein am Ort")
    make_entry(6, text="Mentoring im Betrieb")

    answers = [ask_engine("Mentoring Verein", page=n, page_size=1) for n in range(1, 7)]

    assert [answer.page_ids for answer in answers] == [[3], [2], [1], [6], [5], [4]]
    assert {(answer.total, answer.complete) for answer in answers} == {(6, 3)}

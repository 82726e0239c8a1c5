"""Counting searches: before the page cache, in batches, without a trace of a person."""

import datetime

import pytest
from django.db import Error, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from cms.models.changes import PublicChange
from demo.builders import build_news, build_news_index
from search.models import SearchCount
from search.statistics import counter as counting
from search.statistics.counter import Asked, SearchCounter, countable
from search.statistics.middleware import HEADER, SearchStatisticsMiddleware, note_search
from tests.search.factories import author, published, query, results

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(settings) -> Client:
    """A client of a site that counts, with a page cache."""
    settings.SEARCH_STATISTICS_SECONDS = 60
    settings.PAGE_CACHE_BYTES = 1024 * 1024
    return Client()


def counter_of(client: Client) -> SearchCounter:
    """The counter of the site that ``client`` asks."""
    middleware = client.handler._middleware_chain
    while not isinstance(middleware, SearchStatisticsMiddleware):
        middleware = getattr(middleware, "__wrapped__", None) or middleware.get_response
    return middleware.counter


def words(text: str, locale: str = "de") -> Asked:
    return Asked(locale, SearchCount.Kind.WORDS, text)


def filled(*searches: tuple[Asked, int], times: int = 1) -> SearchCounter:
    counter = SearchCounter(60)
    for _time in range(times):
        for asked, found in searches:
            counter.add([asked], found)
    return counter


def rows() -> list[tuple[str, str, int, int, int]]:
    columns = "kind", "text", "asked", "without_result", "results"
    return list(SearchCount.objects.order_by("kind", "text").values_list(*columns))


@pytest.mark.parametrize(
    ("address", "texts"),
    [
        ("q=Mentoring++im%0AVerein", ["mentoring im verein"]),
        ("q=Mentoring&typ=aktuelles&typ=beispiel", ["mentoring", "typ=aktuelles", "typ=beispiel"]),
        ("", []),
        ("seite=2&q=mentoring", []),
        ("ort=Rheine&q=mentoring", ["mentoring"]),
        ("q=erika@example.org", []),
        ("q=Frau+Muster+05971+12-34", []),
        ("q=48431", []),
        ("q=2026", ["2026"]),
        ("q=" + "x" * 94 + "+erika@example.org", []),
        ("q=" + "x" * 96 + "+05971+1234", []),
        ("q=" + "x" * 150, ["x" * 100]),
    ],
)
def test_what_is_counted(address: str, texts: list[str]) -> None:
    assert [asked.text for asked in countable(query(address))] == texts


def test_a_batch_adds_to_the_day() -> None:
    filled((words("mentoring"), 3), (words("quark"), 0), times=2).flush()
    filled((words("mentoring"), 4)).flush()

    assert rows() == [("words", "mentoring", 3, 0, 4), ("words", "quark", 2, 2, 0)]


def test_a_batch_is_written_once() -> None:
    counter = filled((words("mentoring"), 3))

    assert (counter.flush(), counter.flush()) == (1, 0)
    assert rows() == [("words", "mentoring", 1, 0, 3)]


def test_a_batch_is_due_after_its_time_or_when_it_is_full(monkeypatch) -> None:
    now = 0.0
    counter = SearchCounter(60, clock=lambda: now)
    assert not counter.is_due()
    counter.add([words("a")], 1)
    assert not counter.is_due()
    now = 60.0
    assert counter.is_due()
    counter.flush()
    monkeypatch.setattr(counting, "_BATCH", 2)
    counter.add([words("a"), words("b")], 1)
    assert counter.is_due()


def test_memory_and_rows_of_a_day_are_bounded(monkeypatch) -> None:
    monkeypatch.setattr(counting, "MOST_WAITING", 2)
    filled((words("a"), 1), (words("b"), 1), (words("c"), 1)).flush()
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)
    filled((words("a"), 1), (words("d"), 1)).flush()

    assert [(text, asked) for _kind, text, asked, *_ in rows()] == [("a", 2), ("b", 1)]


def test_a_full_day_costs_no_query_for_each_search(monkeypatch) -> None:
    monkeypatch.setattr(counting, "MOST_A_DAY", 1)
    filled((words("a"), 1)).flush()

    with CaptureQueriesContext(connection) as of_one:
        filled((words("a"), 1)).flush()
    with CaptureQueriesContext(connection) as of_many:
        filled(*((words(text), 1) for text in "abcdef")).flush()

    assert len(of_many) == len(of_one)
    assert rows() == [("words", "a", 3, 0, 1)]


def test_a_full_day_keeps_nothing_of_another_language_or_kind(monkeypatch) -> None:
    monkeypatch.setattr(counting, "MOST_A_DAY", 1)
    filled((words("sport"), 1)).flush()
    filled((words("sport", "en"), 1), (Asked("de", SearchCount.Kind.FILTER, "sport"), 1)).flush()

    assert rows() == [("words", "sport", 1, 0, 1)]


def test_answers_from_the_page_cache_are_counted(counted: Client) -> None:
    published(build_news(build_news_index(), author(), title="Nachricht"))
    for _time in range(3):
        response = counted.get("/aktuelles/?typ=aktuelles")
        assert HEADER not in response
    counter = counter_of(counted)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        counted.get("/aktuelles/?typ=aktuelles")
    assert len(queries) <= 1  # the content version
    counter.flush()

    assert rows() == [("filter", "typ=aktuelles", 4, 0, 1)]


def test_the_site_search_is_counted_with_its_results(counted: Client) -> None:
    counted.get("/suche/?q=Quark&format=rss")
    counted.get("/suche/?q=Quark&region=unbekannt", follow=True)
    counter_of(counted).flush()

    assert rows() == [("words", "quark", 1, 1, 0)]


def test_counting_never_changes_the_content_version(
    django_capture_on_commit_callbacks,
) -> None:
    before = PublicChange.objects.count()

    filled((words("mentoring"), 3)).flush()

    assert PublicChange.objects.count() == before


def test_a_database_that_is_away_costs_no_answer(counted: Client, monkeypatch, caplog) -> None:
    counted.get("/suche/?q=Quark")
    middleware = counter_of(counted)
    monkeypatch.setattr(middleware, "is_due", lambda: True)

    def fail() -> int:
        raise Error

    monkeypatch.setattr(middleware, "flush", fail)

    assert counted.get("/suche/?q=Quark").status_code == 200
    assert "Counts of searches were lost" in caplog.text


def test_nothing_but_day_language_words_and_numbers_is_kept() -> None:
    assert {field.name for field in SearchCount._meta.fields} == {
        "id", "day", "locale", "kind", "text", "asked", "without_result", "results",
    }  # fmt: skip
    assert SearchCount._meta.get_field("day").get_internal_type() == "DateField"


def test_switched_off_nothing_is_noted() -> None:
    response = RequestFactory().get("/suche/")
    answer = type("Answer", (dict,), {})()
    note_search(answer, results("q=quark"))

    assert answer == {}
    assert response.method == "GET"


def test_words_of_different_days_are_different_rows(monkeypatch) -> None:
    counter = SearchCounter(60)
    for day in (datetime.date(2026, 1, 1), datetime.date(2026, 1, 2)):
        monkeypatch.setattr(counting.timezone, "localdate", lambda day=day: day)
        counter.add([words("mentoring")], 1)
    counter.flush()

    assert SearchCount.objects.filter(text="mentoring").count() == 2

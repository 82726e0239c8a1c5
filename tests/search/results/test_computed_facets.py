"""Windows of days, dates of hits, preferences: from the page to the list."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from demo.builders import build_news, build_news_index
from news.models import NewsIndexPage, NewsPage
from news.search_documents import NewsDocument
from search import registry
from search.dates import NamedDate, Period
from search.engines.base import Preference
from search.presets import Preset
from search.query import Query
from search.registry import Choice, Facet, ShownDate, Windows, register_date, register_facet
from search.results.run import latest_lists, run
from search.results.types import Hit
from tests.databases.templates import EMPTY, Template
from tests.search.factories import author, published, results

pytestmark = pytest.mark.django_db

DEADLINE = NamedDate("frist")
AREAS = {"Im Kreis": "steinfurt", "Im Land": "nrw", "Im Bund": "bund", "Anderswo": "goerlitz"}
DAYS = {"Im Kreis": 40, "Im Land": 5, "Im Bund": -3}
PRESET = Preset(facets=("gebiet", "frist"), shown_date="frist", default_sort="termin")


def in_days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


def register_area_and_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """News have an area and a deadline, as a room of funding would register them."""
    monkeypatch.setattr(registry, "_facets", dict(registry._facets))
    monkeypatch.setattr(registry, "_dates", dict(registry._dates))
    monkeypatch.setattr(NewsDocument, "facets", lambda self, page: {"gebiet": [AREAS[page.title]]})
    monkeypatch.setattr(NewsDocument, "periods", _periods)
    monkeypatch.setattr(NewsDocument, "shown_date", "frist")
    monkeypatch.setattr(NewsIndexPage, "preset", Preset(("aktuelles",), facets=PRESET.facets))
    register_facet(
        Facet(
            "gebiet",
            "Gebiet",
            choices=lambda language: [Choice(key, key.title(), key) for key in AREAS.values()],
        )
    )
    windows = Windows(DEADLINE, (7, 30))
    register_facet(Facet("frist", "Frist", windows=windows, is_searchable=False))
    register_date(ShownDate(DEADLINE, "Frist", "Frist, früheste zuerst"))


def build_pages() -> dict[str, NewsIndexPage]:
    """A list with a news item for each area."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        register_area_and_deadline(monkeypatch)
        index = build_news_index()
        for title in AREAS:
            published(build_news(index, author(), title=title))
    return {"index": index}


PAGES = Template("newswithdeadlines", build_pages, EMPTY)


@pytest.fixture
def database_template() -> Template:
    return PAGES


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch, db: None, database) -> NewsIndexPage:
    """The list, and what is registered."""
    register_area_and_deadline(monkeypatch)
    return database.content["index"]


def _periods(document: NewsDocument, page: NewsPage) -> dict[str, list[Period]]:
    days = DAYS.get(page.title)
    return {"frist": [] if days is None else [Period(ends_on=in_days(days))]}


def titles(hits: list[Hit]) -> list[str]:
    return [hit.page.title for hit in hits]


def test_what_ends_within_days_is_a_filter_with_counts() -> None:
    found = results("frist=7", PRESET)

    assert titles(found.hits) == ["Im Land"]
    (_area, deadline) = found.facets
    assert [(v.label, v.count) for v in deadline.values] == [
        ("innerhalb von 7 Tagen", 1),
        ("innerhalb von 30 Tagen", 1),
    ]
    assert [chip.label for chip in found.chips] == ["innerhalb von 7 Tagen"]


def test_list_with_a_date_is_sorted_by_it_and_shows_it() -> None:
    found = results("", PRESET)

    assert titles(found.hits)[:2] == ["Im Land", "Im Kreis"]
    dates = [hit.next_date for hit in found.hits]
    assert [one.date for one in dates[:2] if one] == [in_days(5), in_days(40)]
    assert dates[2:] == [None, None]
    assert [option.key for option in found.sort_options if option.selected] == ["termin"]


def test_other_lists_show_the_date_that_the_page_type_names(client: Client) -> None:
    (hit,) = results("q=%22Im+Land%22", Preset()).hits

    assert hit.next_date is not None
    assert hit.next_date.label == "Frist"
    assert b"Frist: <time" in client.get("/suche/?q=%22Im+Land%22").content


def test_only_a_list_that_shows_a_date_can_be_sorted_by_it() -> None:
    assert results("sortierung=termin", Preset()).sort_options[0].key == "datum"
    assert [option.key for option in results("", Preset()).sort_options] == ["datum", "titel"]


def test_preferences_order_a_list_and_each_hit_says_which_it_meets() -> None:
    preferences = (
        Preference("gebiet", ("goerlitz", "bund")),
        Preference("frist", ("30",), weight=0.5),
    )

    found = run(Query(Preset(preferences=preferences), "de"))

    assert [(hit.page.title, hit.met) for hit in found.hits][2:] == [
        ("Im Land", (1,)),
        ("Im Kreis", ()),
    ]
    assert {hit.page.title: hit.met for hit in found.hits[:2]} == {
        "Im Bund": (0,),
        "Anderswo": (0,),
    }


def test_several_lists_of_a_page_carry_dates_and_filters() -> None:
    lists = latest_lists(
        None,
        {
            "soon": Preset(fixed={"frist": ("7",)}, shown_date="frist"),
            "here": Preset(fixed={"gebiet": ("goerlitz", "bund")}),
        },
        "de",
    )

    (hit,) = lists["soon"]
    assert hit.next_date is not None
    assert set(titles(lists["here"])) == {"Im Bund", "Anderswo"}


def test_a_list_among_several_has_the_hits_that_it_has_alone() -> None:
    presets = {"one": Preset(page_size=1), "sorted": Preset(default_sort="titel")}

    lists = latest_lists(None, presets, "de")

    for name, preset in presets.items():
        assert titles(lists[name]) == titles(results("", preset).hits)
    assert (len(lists["one"]), len(lists["sorted"])) == (1, 4)


def test_a_facet_of_days_is_found_by_no_words() -> None:
    with pytest.raises(ValueError, match="no page is found by such words"):
        register_facet(Facet("tage", "Tage", windows=Windows(DEADLINE, (7,))))

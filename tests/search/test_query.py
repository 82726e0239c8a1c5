"""Reading addresses, and what templates get."""

import datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from demo.builders import (
    build_example,
    build_form,
    build_news,
    build_region,
    build_standard,
    ensure_term,
    house_of_region,
)
from news.models import NewsIndexPage
from search.models import Entry
from search.presets import Preset
from search.query import Query
from search.results.run import latest, run
from tests.search.factories import author, published, query, results

pytestmark = pytest.mark.django_db

SMALL = Preset(facets=("typ", "thema"), page_size=2)


def news(title: str, **fields: object) -> object:
    """A public piece of news."""
    return published(build_news(user=author(), title=title, **fields))


@pytest.mark.parametrize(
    ("value", "page"),
    [
        ("2", 2),
        ("", 1),
        ("0", 1),
        ("-1", 1),
        ("abc", 1),
        ("1.5", 1),
        ("²", 1),
        ("٣", 1),
        ("9" * 5000, 10**6),
        ("007", 7),
    ],
)
def test_page_number_is_read_whatever_stands_there(value: str, page: int) -> None:
    assert query(f"seite={value}").page == page


@pytest.mark.parametrize(
    "address",
    [
        "q=%00",
        "q=%22",
        "q=%20%20",
        "q=" + "x" * 2000,
        "q=%F0%9F%98%80",
        "q=%25",
        "q=%ff%fe",
        "q=%5C",
        "thema=",
        "thema=%00",
        "thema=unbekannt&thema=" + "y" * 3000,
        "region=%27%22",
        "region=99999999999999999999999",
        "typ=nein",
        "&".join(f"thema=t{number}" for number in range(500)),
        "sortierung=rückwärts",
        "seite=-5",
        "q=a&q=b",
        "unsinn=1",
    ],
)
def test_any_address_is_answered(address: str) -> None:
    news("Mentoring")

    assert results(address).page_number == 1


def test_text_is_cut() -> None:
    assert len(query("q=" + "x" * 2000).text) == 200


@pytest.mark.parametrize(
    ("address", "sort"),
    [
        ("", "datum"),
        ("q=x", "relevanz"),
        ("q=x&sortierung=datum", "datum"),
        ("sortierung=titel", "titel"),
        ("sortierung=relevanz", "datum"),
        ("sortierung=x", "datum"),
    ],
)
def test_sorting(address: str, sort: str) -> None:
    assert query(address).effective_sort == sort


def test_address_of_a_query_is_canonical() -> None:
    asked = query("seite=3&thema=b&thema=a&thema=b&q=+x+&utm_source=y&sortierung=titel&typ=z")

    assert asked.url() == "/liste/?q=x&typ=z&thema=b&thema=a&sortierung=titel&seite=3"
    assert query().url() == "/liste/"


def test_filters_the_preset_fixes_cannot_be_given() -> None:
    preset = Preset(fixed={"region": ("1",)}, facets=("region", "thema"))

    assert query("region=x&thema=y", preset).filters == {"thema": ("y",)}
    assert [facet.name for facet in results("", preset).facets] == ["thema"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wie finde ich einen Verein", ["Verein"]),
        ("für den", []),
        ("Verein", ["Verein"]),
    ],
)
def test_words_that_say_nothing_need_not_be_found(text: str, words: list[str]) -> None:
    params = QueryDict(mutable=True)
    params["q"] = text
    tokens = Query.from_params(params, Preset(), "de", "/").tokens

    assert [token.surface for token in tokens] == words


def test_hit_has_what_lists_show() -> None:
    region = build_region("Kreis Steinfurt")
    index = NewsIndexPage.objects.child_of(house_of_region(region)).get()
    page = news("Mentoring", parent=index, date=datetime.date(2026, 3, 1))

    (hit,) = results("q=Mentoring").hits

    assert (hit.page, hit.url) == (page.page_ptr, page.url)
    assert (hit.type_key, hit.region_name) == ("aktuelles", "Kreis Steinfurt")
    assert (hit.date, hit.illustration) == (datetime.date(2026, 3, 1), "nachricht")


def test_hit_without_live_page_is_dropped() -> None:
    page = news("Mentoring")
    type(page).objects.filter(pk=page.pk).update(live=False)

    assert results("q=Mentoring").hits == []


def test_title_and_summary_are_marked() -> None:
    news("Ein <b>Verein</b> & mehr", summary="Vereine und Betriebe")

    (hit,) = results("q=Verein").hits

    assert hit.title == "Ein &lt;b&gt;<mark>Verein</mark>&lt;/b&gt; &amp; mehr"
    assert hit.summary == "<mark>Vereine</mark> und Betriebe"


def test_passage_of_the_text_is_shown_when_the_summary_has_no_hit() -> None:
    body = [("paragraph", "<p>" + "Anfang und noch mehr. " * 50 + "Der Rollator hilft.</p>")]
    news("Nachricht", summary="Kurz.", body=body)

    (hit,) = results("q=Rollator").hits

    assert "<mark>Rollator</mark>" in hit.summary
    assert len(hit.summary) < 400


def test_without_text_nothing_is_marked_and_everything_is_escaped() -> None:
    news("A <b>", summary="C & D")

    (hit,) = results().hits

    assert (hit.title, hit.summary) == ("A &lt;b&gt;", "C &amp; D")


def test_pages_of_hits() -> None:
    for number in range(5):
        news(f"Nachricht {number}", slug=f"n{number}")

    second = results("seite=2", SMALL)

    assert (second.total, second.page_number, second.page_count) == (5, 2, 3)
    assert (second.first_number, second.last_number) == (3, 4)
    assert (second.previous_url, second.next_url) == ("/liste/", "/liste/?seite=3")
    assert results("seite=99", SMALL).page_number == 3
    assert results("seite=99", SMALL).next_url is None
    assert [link.number for link in second.pages if link.current] == [2]


def test_facet_values_have_labels_and_counts() -> None:
    ensure_term("topic", "sport", "Sport")
    ensure_term("topic", "jugend", "Jugend")
    news("Eins", topics=["sport", "jugend"])
    news("Zwei", topics=["jugend"])

    (topics,) = (f for f in results("thema=sport&seite=1", SMALL).facets if f.name == "thema")
    values = {value.label: value for value in topics.values}

    assert (values["Sport"].count, values["Sport"].selected) == (1, True)
    assert (values["Jugend"].count, values["Jugend"].selected) == (2, False)
    assert topics.selected_count == 1


def test_values_without_hits_are_not_offered() -> None:
    ensure_term("topic", "leer", "Leer")
    news("Eins", topics=["sport"])

    (topics,) = (f for f in results("", SMALL).facets if f.name == "thema")

    assert [value.key for value in topics.values] == ["sport"]


def test_region_stands_in_addresses_by_its_slug() -> None:
    region = build_region("Kreis Steinfurt")
    published(build_news(NewsIndexPage.objects.child_of(house_of_region(region)).get(), author()))

    (facet,) = (f for f in results().facets if f.name == "region")

    assert [(value.key, value.label) for value in facet.values] == [
        ("kreis-steinfurt", "Kreis Steinfurt")
    ]
    assert [chip.label for chip in results("region=kreis-steinfurt").chips] == ["Kreis Steinfurt"]
    assert results(f"region={region.pk}").chips == []


def test_renamed_term_shows_its_new_name_at_once() -> None:
    term = ensure_term("topic", "sport", "Sport")
    news("Eins", topics=["sport"])
    results("", SMALL)
    term.labels.update_or_create(language="de", defaults={"name": "Bewegung"})

    (topics,) = (f for f in results("", SMALL).facets if f.name == "thema")

    assert [value.label for value in topics.values] == ["Bewegung"]


def test_chips_remove_one_filter_each() -> None:
    ensure_term("topic", "sport", "Sport")
    news("Eins", topics=["sport"])

    found = results("q=Eins&thema=sport&typ=aktuelles", SMALL)

    assert [chip.remove_url for chip in found.chips] == [
        "/liste/?q=Eins&thema=sport",
        "/liste/?q=Eins&typ=aktuelles",
    ]
    assert found.clear_url == "/liste/"


def test_nothing_found_says_which_filter_to_drop() -> None:
    ensure_term("topic", "sport", "Sport")
    news("Eins", topics=["sport"])
    published(build_standard(user=author(), title="Zwei"))

    found = results("q=Eins&thema=sport&typ=seite", SMALL)

    assert (found.total, found.hits) == (0, [])
    assert [(chip.remove_url, chip.count) for chip in found.without] == [
        ("/liste/?q=Eins&thema=sport", 1)
    ]


def test_nothing_found_for_the_text_offers_the_list_without_it() -> None:
    news("Eins")

    (chip,) = results("q=Unsinn", Preset(types=("aktuelles",))).without

    assert (chip.remove_url, chip.count) == ("/liste/", 1)


@pytest.fixture
def many_types() -> None:
    """Hits of four types."""
    ensure_term("topic", "sport", "Sport")
    build_region("Kreis Steinfurt")
    news("Mentoring heute", topics=["sport"])
    form = published(build_form(user=author(), title="Mentoring als Form"))
    published(build_example(user=author(), title="Mentoring als Beispiel", form=form))
    published(build_standard(user=author(), title="Mentoring erklärt"))


@pytest.mark.parametrize("address", ["", "q=Mentoring", "q=Mentoring&thema=sport&region=x&typ=y"])
@pytest.mark.usefixtures("many_types")
def test_results_cost_few_queries(address: str) -> None:
    facets = ("typ", "region", "thema", "beteiligte", "verfahren", "ergebnis", "form", "geld")
    asked = query(address, Preset(facets=facets))
    request = RequestFactory().get("/liste/")
    # Routing has looked up the site before a list is asked for.
    Site.find_for_request(request)
    with CaptureQueriesContext(connection) as cold:
        run(asked, request)
    with CaptureQueriesContext(connection) as warm:
        run(asked, request)

    # Cold: also the state, the synonyms, the arrays (2), the terms, the regions and the forms.
    assert len(cold) <= 11
    # Warm: the full text, the tokens of the best hits, entries and pages.
    assert len(warm) <= 4


def test_latest_gives_the_newest_of_some_types() -> None:
    region = build_region("Kreis Steinfurt")
    index = NewsIndexPage.objects.child_of(house_of_region(region)).get()
    for day in (1, 3, 2):
        news(f"Tag {day}", parent=index, date=datetime.date(2026, 3, day))
    news("Anderswo", date=timezone.localdate())

    hits = latest(None, "aktuelles", facets={"region": [str(region.pk)]}, limit=2, language="de")

    assert [hit.page.title for hit in hits] == ["Tag 3", "Tag 2"]


def test_entries_hold_nothing_that_can_be_refacet_suggestions() -> None:
    ensure_term("topic", "sport", "Sport und Bewegung")
    region = build_region("Kreis Steinfurt")
    index = NewsIndexPage.objects.child_of(house_of_region(region)).get()
    page = news("Mentoring", parent=index, topics=["sport"])

    stored = " ".join(str(value) for value in Entry.objects.filter(pk=page.pk).values()[0].values())

    assert "Bewegung" not in stored
    assert "Steinfurt" not in stored
    assert "/" not in stored


@pytest.fixture
def mentoring(region):
    """A topic, and a page about it that never says the word."""
    ensure_term("topic", "mentoring", "Mentoring")
    ensure_term("topic", "lernen", "Lernen im Engagement")
    return news("Ein Tandem", topics=["mentoring", "lernen"])


def facet_suggestions(address: str) -> list[tuple[str, str]]:
    return [(value.label, value.url) for value in results(address, SMALL).facet_suggestions]


def test_words_that_name_a_filter_lead_to_it(mentoring):
    assert facet_suggestions("q=mentoring") == [("Mentoring", "/liste/?thema=mentoring")]


def test_the_other_words_are_still_looked_for(mentoring):
    assert facet_suggestions("q=Mentoring+Pflege") == [
        ("Mentoring", "/liste/?q=Pflege&thema=mentoring")
    ]


def test_a_label_of_several_words_is_named_by_all_of_them(mentoring):
    assert facet_suggestions("q=Lernen") == []
    found = [label for label, _url in facet_suggestions("q=Lernen+durch+Engagement")]
    assert found == ["Lernen im Engagement"]


def test_a_filter_in_use_is_not_offered_again(mentoring):
    assert facet_suggestions("q=mentoring&thema=mentoring") == []


def test_without_words_no_filter_is_facet_suggestions(mentoring):
    assert facet_suggestions("") == []


def test_a_slip_of_the_pen_finds_what_was_meant_and_says_so(region):
    page = news("Mentoring in der Pflege")
    found = results("q=Mentorring+Pflege", SMALL)
    assert [hit.page for hit in found.hits] == [page.page_ptr]
    assert found.notes.corrected == (("Mentorring", "Mentoring"),)
    assert "<mark>Mentoring</mark>" in found.hits[0].title


def test_a_word_that_exists_is_never_replaced(region):
    news("Verein")
    found = results("q=vereinen", SMALL)
    assert found.notes.corrected == ()
    news("Ausbildung im Verein")
    assert results("q=Ausbildung+vermeiden", SMALL).notes.corrected == ()


def test_other_spellings_of_a_word_meet(region):
    news("Photovoltaik auf dem Dach")
    assert results("q=Fotovoltaik", SMALL).total == 1


def test_a_word_without_hits_is_left_out_and_named(region):
    news("Mentoring")
    found = results("q=Mentoring+Xylofonbau", SMALL)
    assert (found.total, found.notes.unmatched) == (1, ("Xylofonbau",))
    assert found.notes.exact_url == "/liste/?q=Mentoring+Xylofonbau&genau=1"


def test_an_exact_search_adds_and_corrects_nothing(region):
    news("Mentoring")
    found = results("q=Mentorring&genau=1", SMALL)
    assert (found.total, found.notes.is_exact) == (0, True)
    assert found.notes.exact_url == "/liste/?q=Mentorring"


def test_words_that_mean_the_same_find_one_another(region):
    news("Ein Zuschuss vom Kreis")
    found = results("q=Fördermittel", SMALL)
    assert found.total == 1
    assert "Zuschuss" in found.notes.related
    assert len(found.notes.related_first) == 3
    assert found.notes.related_first + found.notes.related_rest == found.notes.related
    assert "<mark>Zuschuss</mark>" in found.hits[0].title


def test_excluded_words_and_phrases_are_obeyed(region):
    bees = news("Praktikum in der Imkerei")
    office = news("Ein Praktikum im Büro")
    assert [hit.page for hit in results("q=Praktikum+-Imkerei", SMALL).hits] == [office.page_ptr]
    assert [hit.page for hit in results("q=%22in+der+Imkerei%22", SMALL).hits] == [bees.page_ptr]
    assert results("q=-Imkerei&typ=aktuelles", SMALL).hits[0].page == office.page_ptr


def test_a_text_of_function_words_is_answered_by_help(region):
    news("Wie es ist")
    found = results("q=wie+ist+das", SMALL)
    assert (found.total, found.notes.is_function_words) == (0, True)


def test_pages_are_found_by_the_words_of_their_topic_and_region():
    ensure_term("topic", "pflege", "Pflege")
    region = build_region("Kreis Steinfurt")
    index = NewsIndexPage.objects.child_of(house_of_region(region)).get()
    page = news("Ein Tandem", parent=index, topics=["pflege"])
    news("Ein Tandem anderswo")
    assert results("q=Steinfurt+Pflege", SMALL).hits[0].page == page.page_ptr


def test_a_search_of_everything_is_not_offered_without_its_words(region):
    news("Förderung")
    assert results("q=Quark", SMALL).without == []


def test_empty_fields_of_blocks_are_no_text():
    words = {"entries": [{"zo": None, "kmu": "Umsatz", "explanation": "Geld."}]}
    published(build_standard(user=author(), title="Vergleich", body=[("glossary", words)]))
    text = Entry.objects.get(title="Vergleich").text
    assert "Umsatz" in text
    assert "None" not in text

"""The content files: complete, and pointing only at what is there."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest

from cms.assets.illustrations import ILLUSTRATIONS
from cms.models.sides import PARTNER_SIDES
from demo import content
from examples.choices import Direction, Impulse, Money
from knowledge import shipped

STATES = {
    *("live", "live_with_draft", "draft"),
    *("in_house_review", "in_national_review", "rejected"),
}
HOUSES = [f"houses/{path.stem}" for path in (content.CONTENT_DIR / "houses").glob("*.toml")]
ENGLISH = [path.stem for path in content.CONTENT_DIR.glob("english*.toml")]
FILES = ["terms", "national", "forms", "funding", "studies", *ENGLISH, *HOUSES]
VOCABULARY = {
    "topics": "topic",
    "parties": "party",
    "procedures": "procedure",
    "results": "result",
}
#: Ranges the Bundesnetzagentur keeps free for films and books.
FICTIONAL = re.compile(
    r"^(030 23125|040 66969|069 90009|0221 4710|089 99998)[- ]?\d{3}$|^017[12] 39200\d{2}$"
)


def houses() -> list[dict[str, Any]]:
    return content.houses()


def examples() -> list[dict[str, Any]]:
    return [example for house in houses() for example in house["examples"]]


def forms() -> list[dict[str, Any]]:
    return content.load("forms")["forms"]


def records(value: Any) -> Iterator[dict[str, Any]]:
    """Every table of a file, however deep."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from records(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from records(inner)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value or ():
            if isinstance(inner, str | dict | list):
                yield from texts(inner)


def test_eleven_forms_of_cooperation():
    assert len({form["slug"] for form in forms()}) == 11


def test_every_form_names_its_chapter():
    assert all(form["source_chapter"].strip() for form in forms())


@pytest.mark.parametrize("field", VOCABULARY)
def test_every_term_is_known(field):
    known = {term["key"] for term in content.load("terms")[VOCABULARY[field]]}
    used = {key for record in [*forms(), *examples()] for key in record[field]}
    assert used
    assert used <= known


def test_topics_of_news_are_known():
    known = {term["key"] for term in content.load("terms")["topic"]}
    news = [item for house in houses() for item in house["news"]]
    news += content.load("national")["news"]
    assert {key for item in news for key in item.get("topics", [])} <= known


def test_every_term_has_both_languages():
    for vocabulary in content.load("terms").values():
        for term in vocabulary:
            assert term["de"].strip(), term["key"]
            assert term["en"].strip(), term["key"]


def test_every_example_follows_a_form():
    assert {example["form"] for example in examples()} <= {form["slug"] for form in forms()}


@pytest.mark.parametrize(
    "field, choices", [("money", Money), ("direction", Direction), ("impulse", Impulse)]
)
def test_fixed_answers_are_known(field, choices):
    assert {example[field] for example in examples()} <= set(choices.values)


def test_sides_of_partners_are_known():
    partners = [partner for example in examples() for partner in example["partners"]]
    assert {partner["side"] for partner in partners} <= dict(PARTNER_SIDES).keys()


def test_illustrations_are_known():
    used = {
        record["illustration"]
        for name in FILES
        for record in records(content.load(name))
        if record.get("illustration")
    }
    assert used <= {key for key, _ in ILLUSTRATIONS}


@pytest.mark.parametrize("kind, number", [("news", 8), ("examples", 6)])
def test_every_house_has_enough_in_differing_states(kind, number):
    for house in houses():
        states = [item["state"] for item in house[kind]]
        assert len(states) >= number
        assert set(states) <= STATES
        assert len(set(states)) >= 3


def test_five_houses_in_different_districts_and_states():
    codes = [kreis["code"] for house in houses() for kreis in house["region"]["kreise"]]
    lands = [house["region"]["land"] for house in houses()]
    assert len(houses()) == 5
    assert len(codes) == len(set(codes))
    assert len(lands) == len(set(lands))


def test_summaries_fit():
    too_long = [
        record["summary"]
        for name in FILES
        for record in records(content.load(name))
        if len(record.get("summary", "")) > 300
    ]
    assert too_long == []


@pytest.mark.parametrize("name", FILES)
def test_addresses_are_nobodys(name):
    found = {
        match.group(1)
        for text in texts(content.load(name))
        for match in re.finditer(r"[\w.+-]+@([\w.-]+\w)", text)
    }
    assert found <= {"example.org"}


def test_numbers_are_nobodys():
    numbers = {
        value
        for name in ("national", *HOUSES)
        for record in records(content.load(name))
        for key, value in record.items()
        if key.endswith("phone") and value
    }
    assert numbers
    assert {number for number in numbers if not FICTIONAL.match(number)} == set()


@pytest.mark.parametrize("name", FILES)
def test_no_placeholder_text(name):
    text = " ".join(texts(content.load(name))).lower()
    assert "lorem" not in text
    assert "to" + "do" not in text  # put together: the conventions look for the word, too


def test_slugs_are_unique_among_siblings():
    for house in houses():
        for kind in ("news", "examples"):
            slugs = [item["slug"] for item in house[kind]]
            assert len(slugs) == len(set(slugs))


def test_headings_become_blocks():
    assert content.blocks("<p>Eins.</p><h2>Titel</h2><p>Zwei.</p>") == [
        ("paragraph", "<p>Eins.</p>"),
        ("heading", {"text": "Titel", "level": "2"}),
        ("paragraph", "<p>Zwei.</p>"),
    ]


def test_empty_text_gives_no_block():
    assert content.blocks("") == []


WORDS = {5: "fünf", 11: "elf"}


def test_numbers_in_texts_are_those_of_what_they_count():
    (glossary,) = (
        page["glossary"] for page in content.load("worlds")["pages"] if "glossary" in page
    )
    pairs = sum(bool(entry["zo"] and entry["kmu"]) for entry in glossary)
    added = [form[f"benefit_{side}_from_guide"] for form in forms() for side in ("zo", "kmu")]
    with_programmes = sum(bool(form["programmes"]) for form in forms())
    written = " ".join(texts([content.load("national"), content.load("worlds")])).lower()
    for said in (
        f"{pairs} wortpaare",
        f"alle {WORDS[len(forms())]} formen der zusammenarbeit",
        f"an {WORDS[added.count(False)]} stellen hat unsere redaktion",
        f"bei {WORDS[with_programmes]} formen nennen wir außerdem programme",
        f"{WORDS[len(houses())]} demonstrations-häuser",
    ):
        assert said in written
    english = " ".join(texts(content.load("english-worlds")))
    assert f"{pairs} pairs of words" in english


PLAIN_TAGS = ("<p>", "<li>", "<a ", "<b>", "<h2>")


def shape(value: Any) -> Any:
    """What a translation has in common with its original: keys, lines, columns, tags."""
    if isinstance(value, dict):
        left_out = ("inline", "illustration")
        return {key: shape(inner) for key, inner in value.items() if key not in left_out}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    text = str(value)
    return bool(text), text.count("\n"), text.count(" | "), [text.count(tag) for tag in PLAIN_TAGS]


def test_english_knowledge_has_the_shape_of_the_german():
    for german, english in zip(
        shipped.records(), content.load("english-knowledge")["pages"], strict=True
    ):
        assert english["translates"] == german["slug"]
        assert shape(english["blocks"]) == shape(german["blocks"]), german["slug"]


@pytest.mark.parametrize(
    "original, translated, kind, names",
    [
        ("forms", "english-forms", "forms", ("how_it_works", "programmes", "callout_text")),
        ("worlds", "english-worlds", "pages", ("body", "body_end", "comparison", "glossary")),
    ],
)
def test_english_pages_have_the_shape_of_the_german(original, translated, kind, names):
    for german, english in zip(
        content.load(original)[kind], content.load(translated)[kind], strict=True
    ):
        assert english["translates"] == german["slug"]
        assert shape(content.pick(english, *names)) == shape(content.pick(german, *names))


def test_no_text_says_another_day_of_its_check_than_the_page():
    """A page that says in words when it was checked says it by the calendar below, too."""
    said = re.compile(r"(?:Stand:|erstellt am|wurde am) (\d+)\. (\w+) (\d{4})")
    for record in content.load("national")["pages"]:
        if found := said.findall(" ".join(texts(record))):
            day = record["checked_on"]
            assert {(str(day.day), "November", str(day.year))} == set(found), record["slug"]


def test_no_example_is_older_than_the_house_it_names():
    opened = {"landkreis-goerlitz": datetime.date(2026, 9, 17)}
    for house in houses():
        first = opened.get(house["region"]["slug"], datetime.date.min)
        early = [item for item in house["examples"] if item["period_start"] < first]
        told = {
            item["slug"]: " ".join(texts([item["course"], item["obstacles"]])) for item in early
        }
        assert [slug for slug, text in told.items() if "Haus der Kooperation" in text] == []

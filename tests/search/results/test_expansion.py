"""Words of a query with everything else that they are looked for by."""

import pytest

from search.results.expansion import expand
from tests.search.factories import query

pytestmark = pytest.mark.django_db


def forms(text: str) -> list[set[str]]:
    """What each word of ``text`` is looked for by."""
    return [{term.form for term in word.terms} for word in expand(query(f"q={text}"), {}).words]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Wie spricht man einen Kollegen an?", "ansprechen"),
        ("Wer hilft beim Fest mit?", "mithelfen"),
    ],
)
def test_prefix_at_the_end_belongs_to_the_verb(text: str, verb: str) -> None:
    assert verb in forms(text)[0]


def test_prefix_that_makes_no_verb_changes_nothing() -> None:
    assert forms("Wer wohnt im Haus zu")[0] == forms("Wer wohnt im Haus")[0]


def test_other_ways_to_say_a_word_find_what_is_labelled_so() -> None:
    labels = {
        "foerderung": [("thema", "geld", frozenset({"foerderung"}))],
        "zuschuss": [("thema", "antrag", frozenset({"zuschuss", "antrag"}))],
    }

    (word,) = expand(query("q=Fördermittel"), labels).words

    assert {term.labels for term in word.terms if term.labels} == {(("thema", ("geld",)),)}


@pytest.mark.parametrize(
    ("text", "supporting"),
    [
        ("hinterher", True),
        ("ehrlich", True),
        ("beantragen", True),
        ("Läden", False),
        ("THW", False),
    ],
)
def test_only_nouns_and_names_say_what_is_looked_for(text: str, supporting: bool) -> None:
    (word,) = expand(query(f"q={text}"), {}).words

    assert word.is_supporting is supporting

"""Synonyms and concepts of the two worlds."""

import tomllib
from pathlib import Path

import pytest

from search.analysis import query_tokens, thesaurus
from search.analysis.thesaurus import related

#: Words that must not stand in one line of synonyms, however near they are.
NEVER_MERGE = [
    ("gewinn", "gemeinwohl"),
    ("markt", "gemeinwohlzwecke"),
    ("sponsoring", "spende"),
    ("marketing", "finanzierung"),
    ("kunden", "kommunikation"),
    ("personal", "ehrenamtliche"),
    ("dritter sektor", "zivilgesellschaft"),
    ("menschen", "personalführung"),
    ("kommunikation", "marketing"),
    ("verein", "stiftung"),
]


def others(text: str) -> dict[str, bool]:
    """What else ``text`` is called, and whether that is only a concept."""
    found = related(query_tokens(text, "de"))
    return {other.text: other.is_concept for _places, line in found for other in line}


@pytest.mark.parametrize(("one", "other"), NEVER_MERGE)
def test_words_that_differ_are_no_synonyms(one: str, other: str) -> None:
    assert others(one).get(other, True)
    assert others(other).get(one, True)


def test_synonyms_go_both_ways_unless_they_are_one_way() -> None:
    assert others("KMU")["Mittelstand"] is False
    assert others("Mittelstand")["KMU"] is False
    assert "Feuerwehr" not in others("Katastrophenschutz")


def test_the_longest_run_of_words_is_looked_up() -> None:
    (found,) = related(query_tokens("kontinuierlicher Verbesserungsprozess", "de"))

    assert found[0] == range(2)
    assert "KVP" in {other.text for other in found[1]}


def test_worlds_name_the_same_concept_differently() -> None:
    assert others("Liquidität")["Finanzierung"] is True


def test_no_word_stands_in_two_lines() -> None:
    path = Path(thesaurus.__file__).parent / "data" / "thesaurus.toml"
    words = [word for line in tomllib.loads(path.read_text("utf-8"))["two_way"] for word in line]

    assert len(words) == len(set(words))

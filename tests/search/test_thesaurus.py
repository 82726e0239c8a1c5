"""Synonyms and concepts of the two worlds."""

import pytest

from search.analysis import query_tokens
from search.analysis.thesaurus import Line, LineKind, Thesaurus, initial_lines
from search.thesaurus_rules import problems_of

LINES = initial_lines()


def others(text: str) -> dict[str, bool]:
    """What else ``text`` is called, and whether that is only a concept."""
    found = Thesaurus(LINES).related(query_tokens(text, "de"))
    return {other.text: other.is_concept for _places, line in found for other in line}


@pytest.mark.parametrize("line", LINES, ids=str)
def test_a_new_site_begins_with_lines_that_an_editor_could_write(line: Line) -> None:
    assert problems_of(line) == {}


def test_synonyms_go_both_ways_unless_they_are_one_way() -> None:
    assert others("KMU")["Mittelstand"] is False
    assert others("Mittelstand")["KMU"] is False
    assert "Feuerwehr" not in others("Katastrophenschutz")


def test_the_longest_run_of_words_is_looked_up() -> None:
    tokens = query_tokens("kontinuierlicher Verbesserungsprozess", "de")
    (found,) = Thesaurus(LINES).related(tokens)

    assert found[0] == range(2)
    assert "KVP" in {other.text for other in found[1]}


def test_worlds_name_the_same_concept_differently() -> None:
    assert others("Liquidität")["Finanzierung"] is True


def test_everyday_words_are_near_to_those_of_the_guide() -> None:
    assert others("Chef")["Geschäftsführung"] is True


@pytest.mark.parametrize(("woman", "man"), [("Kassiererin", "Kassierer"), ("Rentnerin", "Rentner")])
def test_a_woman_is_called_as_a_man_is(woman: str, man: str) -> None:
    assert others(woman) == others(man) != {}


def test_no_line_is_looked_up_by_a_word_that_says_nothing_of_it() -> None:
    assert "CSR" not in others("gut")


def test_no_word_stands_in_two_lines() -> None:
    words = [word for line in LINES if line.kind == LineKind.SAME for word in line.words]

    assert len(words) == len(set(words))

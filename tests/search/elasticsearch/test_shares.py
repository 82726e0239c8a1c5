"""Enough of the words, as conditions."""

from itertools import product

import pytest

from search.engines.elasticsearch.mapping import Json
from search.engines.elasticsearch.shares import enough

#: What a page may have of each word.
WORDS = {
    "one word is enough": [[0.5, 0.1], [0.5]],
    "two small ones are": [[0.6], [0.15, 0.1], [0.12, 0.05]],
    "three of five": [[0.08], [0.08, 0.03], [0.07], [0.07], [0.06]],
    "none is": [[0.1], [0.05]],
}
#: A little less than a sum of some of them, as engines round differently.
LEAST = 0.199999


def holds(condition: Json, terms: set[str]) -> bool:
    """Whether a page with ``terms`` passes a filter."""
    ((kind, about),) = condition.items()
    if kind == "match_none":
        return False
    if kind == "term":
        return about["word"] in terms
    if kind == "terms":
        return not terms.isdisjoint(about["word"])
    if "filter" in about:
        return all(holds(inner, terms) for inner in about["filter"])
    return any(holds(inner, terms) for inner in about["should"])


@pytest.mark.parametrize("shares", WORDS.values(), ids=WORDS.keys())
def test_finds_the_pages_whose_shares_add_up(shares: list[list[float]]) -> None:
    words = [
        [(share, {"term": {"word": f"{number} {share}"}}) for share in word]
        for number, word in enumerate(shares)
    ]
    condition = enough(words, LEAST)
    assert condition is not None

    for had in product(*([0.0, *word] for word in shares)):
        terms = {f"{number} {share}" for number, share in enumerate(had)}
        assert holds(condition, terms) == (sum(had) >= LEAST), had


def test_writes_down_only_so_many_combinations() -> None:
    words = [[(0.07, {"term": {"word": str(number)}})] for number in range(14)]

    assert enough(words, LEAST) is None

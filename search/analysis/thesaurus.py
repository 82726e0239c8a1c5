"""Words that mean the same, and concepts that two worlds name differently.

The lists of ``data/thesaurus.toml``: token synonyms are other ways to say a word; the phrases of a
concept are only near to it, so they weigh less and never stand for the word.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .tokens import Token, query_tokens

_FILE = Path(__file__).parent / "data" / "thesaurus.toml"
_LANGUAGE = "de"
#: Longest entry in words without function words.
_MAX_WORDS = 4


@dataclass(frozen=True, slots=True)
class Related:
    """Another way to say something.

    Args:
        text: as shown.
        tokens: of the text, without function words.
        is_concept: whether it is only near to it.
        is_same_world: whether it is a concept that the same world names so.
    """

    text: str
    tokens: tuple[Token, ...]
    is_concept: bool
    is_same_world: bool = False


Key = tuple[str, ...]


def related(tokens: Sequence[Token]) -> Iterator[tuple[range, list[Related]]]:
    """What else the words of a query are called, for the longest runs of words that are known."""
    known = load_thesaurus()
    forms = [token.form for token in tokens]
    start = 0
    while start < len(forms):
        for end in range(min(len(forms), start + _MAX_WORDS), start, -1):
            if found := known.get(tuple(forms[start:end])):
                yield range(start, end), found
                start = end
                break
        else:
            start += 1


@lru_cache(maxsize=1)
def load_thesaurus() -> dict[Key, list[Related]]:
    """Everything known by the forms of its words, synonyms first."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    table: dict[Key, dict[str, Related]] = defaultdict(dict)
    for line in raw["two_way"]:
        for text in line:
            _add(table, text, (other for other in line if other != text), is_concept=False)
    for text, others in raw["one_way"].items():
        _add(table, text, others, is_concept=False)
    for concept in raw["concepts"]:
        for side, other in (("kmu", "zo"), ("zo", "kmu")):
            for text in concept[side]:
                _add(table, text, concept[other], is_concept=True)
                same = (own for own in concept[side] if own != text)
                _add(table, text, same, is_concept=True, is_same_world=True)
    return {key: list(found.values()) for key, found in table.items()}


def _add(
    table: dict[Key, dict[str, Related]],
    text: str,
    others: Iterable[str],
    *,
    is_concept: bool,
    is_same_world: bool = False,
) -> None:
    key = tuple(token.form for token in query_tokens(text, _LANGUAGE))
    for other in others:
        tokens = tuple(query_tokens(other, _LANGUAGE))
        if tokens and tuple(token.form for token in tokens) != key:
            table[key].setdefault(other, Related(other, tokens, is_concept, is_same_world))

"""Words that mean the same, and concepts that two worlds name differently.

Synonyms are other ways to say a word; the phrases of a concept are only near to it, so they weigh
less and never stand for a word that any page has. National editors maintain them as records
(:class:`search.models.ThesaurusEntry`); ``data/thesaurus.toml`` is what a new site begins with.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from .tokens import Token, query_tokens

_FILE = Path(__file__).parent / "data" / "thesaurus.toml"
_LANGUAGE = "de"
#: *Kassiererin*, whose parts say *Kassierer*.
_FEMININE = "in"
#: Longest entry in words without function words.
MAX_WORDS = 4

Key = tuple[str, ...]


class LineKind(StrEnum):
    """How the words of a line belong together."""

    SAME = "same"
    ONE_WAY = "one_way"
    CONCEPT = "concept"


@dataclass(frozen=True)
class Line:
    """Words that belong together.

    Args:
        kind: all of ``words`` mean the same; ``words`` also find ``others``; or ``words`` of
            companies and ``others`` of civil society name the same matter.
        words: one or more words each.
        others: the other side; empty where all mean the same.
    """

    kind: LineKind
    words: tuple[str, ...]
    others: tuple[str, ...] = ()


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


class Thesaurus:
    """What else the words of queries are called.

    Args:
        lines: in any order; synonyms go before concepts.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._table: dict[Key, dict[str, Related]] = defaultdict(dict)
        for line in sorted(lines, key=lambda line: list(LineKind).index(line.kind)):
            self._read(line)

    def related(self, tokens: Sequence[Token]) -> Iterator[tuple[range, list[Related]]]:
        """What else ``tokens`` are called, for the longest runs of words that are known."""
        start = 0
        while start < len(tokens):
            for end in range(min(len(tokens), start + MAX_WORDS), start, -1):
                if found := self._of(tokens[start:end]):
                    yield range(start, end), found
                    start = end
                    break
            else:
                start += 1

    def _of(self, tokens: Sequence[Token]) -> list[Related]:
        """What ``tokens`` are called together; a woman as the man is, where nothing is said."""
        found = self._table.get(tuple(token.form for token in tokens))
        if found is None and len(tokens) == 1 and tokens[0].form.endswith(_FEMININE):
            keys = ((part,) for part in tokens[0].parts)
            found = next((self._table[key] for key in keys if key in self._table), None)
        return list(found.values()) if found else []

    def _read(self, line: Line) -> None:
        if line.kind == LineKind.SAME:
            for text in line.words:
                self._add(text, (other for other in line.words if other != text))
        elif line.kind == LineKind.ONE_WAY:
            for text in line.words:
                self._add(text, line.others)
        else:
            for own, other in ((line.words, line.others), (line.others, line.words)):
                for text in own:
                    self._add(text, other, is_concept=True)
                    same = (word for word in own if word != text)
                    self._add(text, same, is_concept=True, is_same_world=True)

    def _add(
        self,
        text: str,
        others: Iterable[str],
        *,
        is_concept: bool = False,
        is_same_world: bool = False,
    ) -> None:
        key = key_of(text)
        for other in others:
            tokens = tuple(query_tokens(other, _LANGUAGE))
            if key and tokens and tuple(token.form for token in tokens) != key:
                found = Related(other, tokens, is_concept, is_same_world)
                self._table[key].setdefault(other, found)


def key_of(text: str) -> Key:
    """What ``text`` is looked up by: the forms of its words without function words."""
    return tuple(token.form for token in query_tokens(text, _LANGUAGE))


@lru_cache(maxsize=4)
def thesaurus_of(lines: tuple[Line, ...]) -> Thesaurus:
    """The thesaurus of ``lines``; analysed once while they stay the same."""
    return Thesaurus(lines)


def initial_lines() -> list[Line]:
    """What a new site begins with."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    lines = [Line(LineKind.SAME, tuple(words)) for words in raw["two_way"]]
    lines += [Line(LineKind.ONE_WAY, (word,), tuple(o)) for word, o in raw["one_way"].items()]
    sides = [(concept["kmu"], concept["zo"]) for concept in raw["concepts"]]
    sides += [(word_field["words"], word_field["others"]) for word_field in raw["everyday"]]
    return lines + [Line(LineKind.CONCEPT, tuple(own), tuple(other)) for own, other in sides]


@lru_cache(maxsize=1)
def never_merged() -> frozenset[frozenset[Key]]:
    """Pairs of words that must not stand in one line of synonyms, however near they are."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return frozenset(frozenset(map(key_of, pair)) for pair in raw["never_merge"])


def load_initial_thesaurus() -> None:
    """Analyse the words of the file before requests need them: most sites keep most of them."""
    thesaurus_of(tuple(initial_lines()))

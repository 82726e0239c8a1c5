"""Spell correction: the indexed words that look like one that no page has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cms.delivery.content_version import cached
from cms.text import fold
from search.analysis import Token, query_tokens
from search.analysis.words import is_known_word, known_neighbours
from search.models import IndexedWord
from search.vocabulary import letters, sound

#: Shorter words are like too many others.
_SHORTEST = 4
_LONG = 8
#: At most so many corrections of a word.
_MOST = 2


@dataclass(frozen=True)
class Vocabulary:
    """The indexed words of one language, for comparing thousands of them at once."""

    words: tuple[str, ...]
    known: frozenset[str]
    entries: np.ndarray
    lengths: np.ndarray
    letters: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[tuple[str, int, int]]) -> "Vocabulary":
        """Prepare words with the number of their entries and the set of their letters."""
        words, entries, letters = zip(*rows, strict=True) if rows else ((), (), ())
        return cls(
            words=words,
            known=frozenset(words),
            entries=np.array(entries, dtype=np.int32),
            lengths=np.array([len(word) for word in words], dtype=np.int16),
            letters=np.array(letters, dtype=np.int32),
        )

    def like(self, word: str, distance: int) -> list[str]:
        """Words at most ``distance`` edits away: the nearest, commonest first."""
        found = {}
        for number in self._candidates(word, distance):
            edits = edit_distance(word, self.words[number], distance)
            if 0 < edits <= distance:
                found[number] = edits
        nearest = sorted(found, key=lambda number: (found[number], -self.entries[number]))
        return [self.words[number] for number in nearest]

    def _candidates(self, word: str, distance: int) -> list[int]:
        """Words of about this length with about these letters: an edit changes at most two."""
        near = np.flatnonzero(np.abs(self.lengths - len(word)) <= distance)
        different = np.bitwise_count(self.letters[near] ^ letters(word))
        return near[different <= 2 * distance].tolist()


def corrections(tokens: Mapping[int, Token], language: str) -> dict[int, list[Token]]:
    """Tokens of indexed words by the position of the one that no page has.

    A word that exists is never taken for another, however rare it is and even if only pages of
    other lists have it; only another spelling of it (Photovoltaik, Fotovoltaik) is.

    Args:
        tokens: that no page of the list has, by their position in the query.
        language: language code.
    """
    found: dict[int, list[Token]] = {}
    for number, token in tokens.items():
        word = fold(token.surface)
        if len(word) < _SHORTEST or not word.isalpha():
            continue
        like = _heard_alike(word, language)
        if not (is_known_word(token.surface, language) or word in _vocabulary(language).known):
            like += _vocabulary(language).like(word, 1 if len(word) < _LONG else 2)
            # Haftpflichtversicherrung: not indexed as a whole, but its parts may be.
            like = like or known_neighbours(word, language)
        read: dict[str, Token] = {}
        for other in like:
            for corrected in query_tokens(_shown(other, language), language)[:1]:
                if corrected.form != token.form:
                    read.setdefault(corrected.form, corrected)
            if len(read) == _MOST:
                break
        if read:
            found[number] = list(read.values())
    return found


def edit_distance(first: str, second: str, limit: int) -> int:
    """Number of letters inserted, left out, replaced or swapped; ``limit`` + 1 when above it."""
    before: list[int] = []
    last = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        row = [i]
        for j, other in enumerate(second, start=1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)


def _vocabulary(language: str) -> Vocabulary:
    return cached(("search.vocabulary", language), lambda: Vocabulary.of(_rows(language)))


def _rows(language: str) -> list[tuple[str, int, int]]:
    rows = IndexedWord.objects.filter(locale=language, entries__gt=0)
    return list(rows.values_list("word", "entries", "letters"))


def _heard_alike(word: str, language: str) -> list[str]:
    rows = IndexedWord.objects.filter(locale=language, sound=sound(word), entries__gt=0)
    return list(rows.exclude(word=word).order_by("-entries").values_list("word", flat=True)[:_MOST])


def _shown(word: str, language: str) -> str:
    """The indexed spelling of a folded word."""
    row = IndexedWord.objects.filter(locale=language, word=word).values_list("shown", flat=True)
    return row.first() or word

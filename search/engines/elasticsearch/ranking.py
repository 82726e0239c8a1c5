"""What the words of a query find, as clauses: phase one of ranking, as the database engine does it.

Rarity is counted before, by a request of its own: it depends on how many entries have a word in any
way, and the clauses of the next request depend on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.engines.base import EngineQuery
from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.clauses import NearClauses, WordClauses
from search.engines.elasticsearch.mapping import Json
from search.engines.elasticsearch.shares import enough
from search.engines.matching import HOLDS, idf, weighted_rarity

# A score has 24 bits: what is as large as asked for may come out a little smaller.
_TOLERANCE = 1e-6
#: What the words of a page add up to at most.
_WORDS = 1.0
#: Added to the score of pages that have all words themselves, not only others that mean the same.
_LITERAL = 2 * _WORDS
#: Preferences that are met add up to this at most: before words, if their weights differ by more
#: than a twentieth of their sum.
PREFERENCES = 64.0
#: Added to the score of pages with all words: before all else.
COMPLETE = 2 * (PREFERENCES + _LITERAL + _WORDS)
#: Without what preferences add, only pages that have all words themselves have such a score.
LITERAL = COMPLETE + (_LITERAL + _WORDS) / 2


@dataclass(frozen=True)
class WordCounts:
    """How many entries there are before the visitor's filters.

    Args:
        size: all entries that preset and day allow.
        having: those with each word.
        complete: hits with all words, if they were counted.
    """

    size: int
    having: tuple[int, ...]
    complete: int | None = None


class Ranking:
    """The words of a query as clauses.

    Args:
        query: with words.
        near: its place.
    """

    def __init__(self, query: EngineQuery, near: NearClauses | None) -> None:
        self._query = query
        self._near_words = query.near.words if query.near else ()
        self.words = [
            WordClauses(word, near if number in self._near_words else None)
            for number, word in enumerate(query.words or ())
        ]
        self.rarity: list[float] = []
        self.unmatched: tuple[int, ...] = ()
        #: Hits with all words that any entry has, where the first request can tell.
        self.number_complete: int | None = None

    def weigh(self, counts: WordCounts) -> None:
        """Set rarity, unmatched words, and the number of hits with all words."""
        having = list(counts.having)
        for number in self._near_words:
            # A place that no page is about still orders them.
            having[number] = max(1, having[number])
        size = max(1, counts.size)
        rarity = [idf(count, size) if count else 0.0 for count in having]
        self.rarity = weighted_rarity(self._query.words or (), rarity)
        self.unmatched = tuple(number for number, count in enumerate(having) if not count)
        # A word that no entry has is not asked of the hits.
        self.number_complete = None if self.unmatched else counts.complete

    def factors(self) -> list[float]:
        """What each word counts; 1 together."""
        total = sum(self.rarity) or 1.0
        return [rarity / total for rarity in self.rarity]

    def complete(self) -> Json:
        """A filter for pages with all words that any entry has."""
        known = self._known()
        return self._with(known) if known else clauses.MATCH_NONE

    def all_words(self) -> Json:
        """As :meth:`complete` if entries have all the words, before that is known."""
        return self._with(range(len(self.words)))

    def _with(self, numbers: Iterable[int]) -> Json:
        needed = [n for n in numbers if not (self._query.every_word and n in self._near_words)]
        return clauses.all_of(self.words[n].holds() for n in needed)

    def whole(self) -> Json:
        """As :meth:`complete`, but hits that are not ranked need not have the place."""
        if self._query.sort == "relevanz":
            return self.complete()
        return self._worded() if self._others() else self.found()

    def _worded(self) -> Json:
        """A filter for pages with all words but those that name the place."""
        return clauses.all_of(self.words[n].holds() for n in self._others())

    def _others(self) -> list[int]:
        return [n for n in self._known() if n not in self._near_words]

    def _tiers(self, *, is_complete: bool) -> Json:
        """Scores of pages with all words, and of those among them that have the words themselves.

        One in the other, so that the server asks for all words once.
        """
        complete = clauses.MATCH_ALL if is_complete else self.complete()
        literal = clauses.all_of(self.words[n].holds_literally() for n in self._others())
        return {
            "bool": {
                "must": [clauses.constant(complete, COMPLETE)],
                "should": [clauses.constant(literal, _LITERAL)],
            }
        }

    def _known(self) -> list[int]:
        return [n for n in range(len(self.words)) if n not in self.unmatched]

    def found(self) -> Json:
        """A filter for pages that have enough of the words."""
        if self._near_words and len(self.words) == len(self._near_words):
            return clauses.MATCH_ALL
        if self._query.every_word:
            return clauses.MATCH_NONE if self.unmatched else self.complete()
        if not self._near_words and self._query.least_share < HOLDS:
            # Who has all words has enough of them: half of each at least.
            return self._enough()
        # However rare the place and common the words, a page elsewhere that has them is found.
        whole = self._worded() if self._others() else self.complete()
        return clauses.any_of([whole, self._enough()])

    def _enough(self) -> Json:
        if not any(self.rarity):
            return clauses.MATCH_NONE
        least = self._query.least_share - _TOLERANCE
        if plain := enough([[*word.shares(factor)] for word, factor in self._counting()], least):
            return plain
        shares = [word.share(factor) for word, factor in self._counting()]
        return {"function_score": {"query": {"bool": {"should": shares}}, "min_score": least}}

    def scores(self, *, is_complete: bool = False) -> list[Json]:
        """Clauses whose sum is the score; names of those of words begin with their position.

        Args:
            is_complete: whether only pages with all words are asked for.
        """
        factors = self.factors()
        found = [
            word.strength(factors[number], str(number))
            for number, word in enumerate(self.words)
            if factors[number]
        ]
        return [*found, self._tiers(is_complete=is_complete)]

    def _counting(self) -> Sequence[tuple[WordClauses, float]]:
        return [(w, f) for w, f in zip(self.words, self.factors(), strict=True) if f]

"""Which rows have the words of a query, by look-ups in the full-text table: phase one of ranking.

Every word is looked for in the title, in its own form and as a part of a compound. What a word
weighs is its rarity (the idf of BM25: Robertson and Zaragoza 2009), so that one common word more or
less changes little.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from cms.text import fold
from search.analysis.lemmas import FAMILY_MARK
from search.engines.base import EngineQuery, Origin, Phrase, Term, Word
from search.engines.facet_arrays import Snapshot
from search.engines.fulltext import get_fulltext
from search.engines.lexemes import Clause, Field
from search.engines.nearness import Nearness
from search.models import Entry

TITLE, FORM, LABEL, PART, FAMILY, OWN_PARTS = 1.0, 0.75, 0.65, 0.45, 0.4, 0.3
#: One part of a compound alone is too little to be found by. So are three of four, whichever way
#: an engine rounds: they come to a little less than the least share of the words.
ONE_PART = 0.079
#: From this weight on, a term stands for the word; a concept of the other world does not.
HOLDS = 0.5
#: Terms by which a page has a word itself, and not only another that means the same; no page has
#: a word itself that another one stands for.
LITERAL = (Origin.TYPED, Origin.CORRECTED, Origin.SUBSTITUTE)
#: What counts of the rarity of a supporting word.
_SUPPORTING = 0.6
#: So many pages are read to see whether they hold a phrase.
MAX_PHRASE_PAGES = 1000


@dataclass(frozen=True)
class Ranked:
    """All rows as the words see them.

    ``strengths`` has a line per word: how well each row has it, 0 to 1. ``complete`` rows have all
    words that any entry has, ``worded`` ones all but those that name the place, ``literal`` ones as
    typed or corrected and not only by words that mean the same; ``unmatched`` are the positions of
    the words that no entry has.
    """

    found: np.ndarray
    complete: np.ndarray
    worded: np.ndarray
    scores: np.ndarray
    literal: np.ndarray
    strengths: list[np.ndarray] = field(default_factory=list)
    rarity: list[float] = field(default_factory=list)
    unmatched: tuple[int, ...] = ()
    nearness: Nearness | None = None

    def tiers(self, rows: np.ndarray) -> tuple[np.ndarray, ...]:
        """Sort keys of ``rows``, the last one first: all words, and all of them as typed.

        A text that has only a word that means the same never stands above one that has the word.
        """
        return ~self.literal[rows], ~self.complete[rows]

    def whole(self, sort: str) -> np.ndarray:
        """Rows with all words, as an order sees them: a place comes first, or it says nothing."""
        return self.complete if sort == "relevanz" else self.worded


#: Ids of the pages with each clause.
PageIds = dict[Clause, np.ndarray]


class Postings:
    """The rows of all clauses of a query, asked for at once.

    Args:
        snapshot: of the rows.
        query: with the words.
        looked_up: what was asked for by the same search; what is new is added.
    """

    def __init__(self, snapshot: Snapshot, query: EngineQuery, looked_up: PageIds) -> None:
        self.snapshot = snapshot
        wanted: dict[Clause, None] = {}
        for word in query.words or ():
            for term in word.terms:
                wanted.update(dict.fromkeys(_clauses(term)))
        for term in query.excluded:
            for form in term.forms:
                wanted[Clause(Field.FORM, form)] = wanted[Clause(Field.PART, form)] = None
        for phrase in query.phrases:
            wanted.update(dict.fromkeys(Clause(Field.FORM, form) for form in phrase.forms))
        if new := [clause for clause in wanted if clause not in looked_up]:
            looked_up.update(zip(new, get_fulltext().postings(new), strict=True))
        self._rows = {clause: snapshot.rows_of(looked_up[clause]) for clause in wanted}

    def has(self, kind: Field, form: str) -> np.ndarray:
        """Mask of the rows with ``form``."""
        mask = np.zeros(self.snapshot.size, dtype=bool)
        mask[self._rows[Clause(kind, form)]] = True
        return mask

    def rows(self, kind: Field, form: str) -> np.ndarray:
        """Numbers of the rows with ``form``."""
        return self._rows[Clause(kind, form)]


def _clauses(term: Term) -> Iterable[Clause]:
    if len(term.forms) > 1:
        yield from (Clause(Field.FORM, form) for form in term.forms)
        return
    yield from (Clause(kind, term.form) for kind in Field)
    for part in term.parts:
        if not part.startswith(FAMILY_MARK):
            yield Clause(Field.FORM, part)
        yield Clause(Field.PART, part)


def match(
    snapshot: Snapshot, query: EngineQuery, allowed: np.ndarray, looked_up: PageIds | None = None
) -> Ranked:
    """Find the rows for the words, phrases and excluded words of ``query``.

    Args:
        snapshot: of the rows.
        query: what is asked.
        allowed: rows that may be found.
        looked_up: see :class:`Postings`.
    """
    postings = Postings(snapshot, query, {} if looked_up is None else looked_up)
    words = query.words or ()
    may = allowed.copy()
    for term in query.excluded:
        may &= ~_holds_excluded(postings, term)
    if not words and not query.phrases:
        found = may if query.words is None else np.zeros(snapshot.size, dtype=bool)
        return Ranked(found, found, found, np.zeros(snapshot.size), found)
    strengths, held, typed = [], [], []
    for word in words:
        strength, holds, literal = _word(postings, word)
        strengths.append(strength)
        held.append(holds)
        typed.append(literal)
    nearness = Nearness(snapshot, query.near) if query.near else None
    reached = _place(query, nearness, strengths, held)
    counts = [int((holds & allowed).sum()) for holds in held]
    near_words = query.near.words if query.near else ()
    for number in near_words:
        # A place that no page is about still orders them.
        counts[number] = max(1, counts[number])
    size = max(1, int(allowed.sum()))
    # A word that no entry has tells none apart.
    rarity = weighted_rarity(words, [idf(count, size) if count else 0.0 for count in counts])
    unmatched = tuple(number for number, count in enumerate(counts) if not count)
    scores = sum((s * r for s, r in zip(reached, rarity, strict=True)), np.zeros(snapshot.size))
    known = [number for number in range(len(words)) if counts[number]]
    others = [number for number in known if number not in near_words]
    worded, literal = may.copy(), may.copy()
    for number in others:
        worded &= held[number]
        literal &= typed[number]
    complete = worded.copy() if known else np.zeros(snapshot.size, dtype=bool)
    if not query.every_word:
        for number in near_words:
            complete &= held[number]
    if near_words and len(words) == len(near_words):
        found = may
    elif query.every_word:
        found = complete if len(known) == len(words) else np.zeros(snapshot.size, dtype=bool)
    elif words:
        # However rare the place and common the words, a page elsewhere that has them is found.
        found = worded if others else complete
        found = found | (may & (_share(strengths, rarity) >= query.least_share))
    else:
        found = may
    if query.phrases:
        found = may
        for phrase in query.phrases:
            found = _holds_phrase(postings, phrase, found, scores)
    complete &= found
    worded = worded & found if others else found
    literal &= complete
    return Ranked(found, complete, worded, scores, literal, reached, rarity, unmatched, nearness)


def _place(
    query: EngineQuery,
    nearness: Nearness | None,
    strengths: list[np.ndarray],
    held: list[np.ndarray],
) -> list[np.ndarray]:
    """Count the own region as having the word that names the place.

    Returns:
        ``strengths`` with what other rows get for being near: that orders pages, but finds none.
    """
    if query.near is None or nearness is None:
        return strengths
    for number in query.near.words:
        held[number] = held[number] | nearness.holds
        strengths[number] = np.maximum(strengths[number], nearness.own.astype(float))
    return [
        np.maximum(strength, nearness.strengths) if number in query.near.words else strength
        for number, strength in enumerate(strengths)
    ]


def idf(count: int, size: int) -> float:
    """Rarity of a word that ``count`` of ``size`` entries have."""
    return float(np.log1p((size - count + 0.5) / (count + 0.5)))


def weighted_rarity(words: Sequence[Word], rarity: list[float]) -> list[float]:
    """``rarity``, that of supporting words by :data:`_SUPPORTING`."""
    return [
        r * _SUPPORTING if word.is_supporting else r for word, r in zip(words, rarity, strict=True)
    ]


def _share(strengths: Sequence[np.ndarray], rarity: Sequence[float]) -> np.ndarray:
    """Share of the words that each row has, by their rarity; weak matches count in part."""
    total = sum(rarity) or 1.0
    parts = (np.minimum(1, s / OWN_PARTS) * r for s, r in zip(strengths, rarity, strict=True))
    return sum(parts, np.zeros(len(strengths[0]))) / total


def _word(postings: Postings, word: Word) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How well each row has ``word``, whether it counts as having it, and whether as typed."""
    strength = np.zeros(postings.snapshot.size)
    holds = np.zeros(postings.snapshot.size, dtype=bool)
    literal = np.zeros(postings.snapshot.size, dtype=bool)
    for term in word.terms:
        value = _term(postings, term)
        np.maximum(strength, value * term.weight, out=strength)
        if term.weight >= HOLDS:
            holds |= value > ONE_PART
        if term.origin in LITERAL:
            literal |= value >= LABEL
    return strength, holds, literal


def _term(postings: Postings, term: Term) -> np.ndarray:
    value = np.zeros(postings.snapshot.size)
    if len(term.forms) == 1:
        _add_parts(postings, term, value)
        for kind, level in ((Field.PART, PART), (Field.FORM, FORM), (Field.TITLE, TITLE)):
            rows = postings.rows(kind, term.form)
            value[rows] = np.maximum(value[rows], level)
    else:
        both = np.ones(postings.snapshot.size, dtype=bool)
        for form in term.forms:
            both &= postings.has(Field.FORM, form)
        value[both] = np.maximum(value[both], FORM)
    for name, keys in term.labels:
        mask = postings.snapshot.column(name).mask(keys, postings.snapshot.size)
        value[mask] = np.maximum(value[mask], LABEL)
    return value


def _add_parts(postings: Postings, term: Term, value: np.ndarray) -> None:
    """Parts of a compound count when all are there, and very little one by one."""
    compound = []
    for part in term.parts:
        if part.startswith(FAMILY_MARK):
            rows = postings.rows(Field.PART, part)
            value[rows] = np.maximum(value[rows], FAMILY)
        else:
            compound.append(postings.has(Field.FORM, part) | postings.has(Field.PART, part))
    if compound:
        share = sum(part.astype(np.float64) for part in compound) / len(compound)
        np.maximum(value, np.where(share == 1, OWN_PARTS, share * ONE_PART), out=value)


def _holds_excluded(postings: Postings, term: Term) -> np.ndarray:
    mask = np.ones(postings.snapshot.size, dtype=bool)
    for form in term.forms:
        mask &= postings.has(Field.FORM, form) | postings.has(Field.PART, form)
    for name, keys in term.labels:
        mask |= postings.snapshot.column(name).mask(keys, postings.snapshot.size)
    return mask


def _holds_phrase(
    postings: Postings, phrase: Phrase, may: np.ndarray, scores: np.ndarray
) -> np.ndarray:
    """Rows that hold ``phrase`` as it stands; the best of those with all its words are read."""
    mask = may.copy()
    for form in phrase.forms:
        mask &= postings.has(Field.FORM, form)
    rows = np.flatnonzero(mask)
    rows = rows[np.argsort(-scores[rows], kind="stable")][:MAX_PHRASE_PAGES]
    ids = postings.snapshot.page_ids[rows].tolist()
    good = pages_with_phrase(phrase, ids)
    mask[:] = False
    mask[[row for row, pk in zip(rows, ids, strict=True) if pk in good]] = True
    return mask


def pages_with_phrase(phrase: Phrase, page_ids: Sequence[int]) -> set[int]:
    """Those of ``page_ids`` whose texts hold ``phrase`` as it stands."""
    # Any space may stand between its words: cheaper than to have one space in every text.
    pattern = re.compile(r"\s+".join(map(re.escape, phrase.text.split())))
    entries = Entry.objects.filter(pk__in=page_ids)
    texts = entries.values_list("page_id", "title", "summary", "text")
    return {pk for pk, *fields in texts if any(pattern.search(fold(text)) for text in fields)}

"""The best rows once more, by how often, where and how near to each other they have the words.

Phase two of ranking, in Python over the tokens of some hundred entries, so that all databases give
the same order: saturated frequency by field (BM25F), and nearness of neighbouring words.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from search.analysis.lemmas import FAMILY_MARK
from search.engines.base import EngineQuery, Term
from search.engines.facet_arrays import Snapshot
from search.engines.lexemes import MAX_TOKENS
from search.engines.matching import LABEL, Ranked
from search.models import Entry

#: So many rows are looked at once more.
MOST = 100
_FIELDS = ("title_tokens", "summary_tokens", "text_tokens")
_FIELD_WEIGHTS = (4.0, 2.0, 1.0)
_PART_WEIGHT = 0.4
_FAMILY_WEIGHT = 0.2
_SATURATION = 1.2
_LENGTH = 150
_LENGTH_SHARE = 0.4
_NEAR = 8
_NEARNESS = 0.3
#: What counts of a second way to say a word: such a page is about it, not only mentions it.
_SECOND = 0.5
_OWN_REGION = 0.15
#: Share of being near in what a page gets for a place; the rest is for saying its name.
_PLACE = 0.7
_FRESHNESS = 0.03
_HALF_LIFE_DAYS = 730
# Gaps between fields are no nearness.
_FIELD_GAP = 2 * MAX_TOKENS


@dataclass
class _Page:
    """Where an entry has the forms and parts that are looked for."""

    forms: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    length: int = 0

    def frequency(self, positions: dict[str, list[int]], form: str) -> float:
        """How often it has ``form``, by the weight of the fields."""
        return sum(_FIELD_WEIGHTS[at // _FIELD_GAP] for at in positions.get(form, ()))


def rerank(snapshot: Snapshot, query: EngineQuery, ranked: Ranked, rows: np.ndarray) -> np.ndarray:
    """``rows``, best first.

    Args:
        rows: the best rows by ``ranked``; those after :data:`MOST` keep their order.
    """
    head, tail = rows[:MOST], rows[MOST:]
    pages = _read(snapshot, query, head)
    scores = np.array(
        [
            _score(query, ranked, pages.get(int(snapshot.page_ids[row]), _Page()), int(row))
            for row in head
        ]
    )
    total = sum(ranked.rarity) or 1.0
    age = np.maximum(0, query.today.toordinal() - snapshot.dates[head])
    scores += total * _FRESHNESS * 0.5 ** (age / _HALF_LIFE_DAYS)
    if query.own_region:
        own = snapshot.column("region").mask((query.own_region,), snapshot.size)
        scores[own[head]] += total * _OWN_REGION
    order = np.lexsort((np.arange(len(head)), -scores, *ranked.tiers(head)))
    return np.concatenate([head[order], tail])


def _read(snapshot: Snapshot, query: EngineQuery, rows: np.ndarray) -> dict[int, _Page]:
    wanted = {form for word in query.words or () for t in word.terms for form in t.forms + t.parts}
    entries = Entry.objects.filter(pk__in=snapshot.page_ids[rows].tolist())
    pages = {}
    for pk, *fields in entries.values_list("page_id", *_FIELDS):
        page = pages[pk] = _Page()
        for number, tokens in enumerate(fields):
            split = tokens.split(" ")
            page.length += len(split)
            for position, token in enumerate(split[:MAX_TOKENS]):
                if token in wanted:
                    page.forms[token].append(number * _FIELD_GAP + position)
                elif "|" in token:
                    _note(page, token, wanted, number * _FIELD_GAP + position)
    return pages


def _note(page: _Page, token: str, wanted: set[str], position: int) -> None:
    form, *parts = token.split("|")
    if form in wanted:
        page.forms[form].append(position)
    for part in parts:
        if part in wanted:
            page.parts[part].append(position)


def _score(query: EngineQuery, ranked: Ranked, page: _Page, row: int) -> float:
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * page.length / _LENGTH)
    score = 0.0
    previous: tuple[list[int], float] = ([], 0.0)
    for number, word in enumerate(query.words or ()):
        rarity = ranked.rarity[number]
        best, second, positions = 0.0, 0.0, []
        for term in word.terms:
            frequency, at = _frequency(page, term)
            value = term.weight * frequency / (frequency + norm) if frequency else 0.0
            if value > best:
                best, second, positions = value, best, at
            elif value > second:
                second = value
        if query.near and number in query.near.words:
            # Pages of the place need not say its name; those that do are nearer still.
            nearness = ranked.strengths[number][row]
            best = max(best, _PLACE * nearness + (1 - _PLACE) * best)
        # What only the label of a facet has, no token has.
        elif not best and ranked.strengths[number][row] > 0:
            best = min(LABEL, ranked.strengths[number][row]) * 0.8
        score += (best + _SECOND * second) * rarity
        score += _NEARNESS * min(rarity, previous[1]) * _nearness(previous[0], positions)
        previous = positions, rarity
    return score


def _frequency(page: _Page, term: Term) -> tuple[float, list[int]]:
    """How often ``page`` has ``term``, and where."""
    if len(term.forms) > 1:
        at = _in_order(page, term.forms)
        return sum(_FIELD_WEIGHTS[position // _FIELD_GAP] for position in at), at
    frequency = page.frequency(page.forms, term.form)
    frequency += _PART_WEIGHT * page.frequency(page.parts, term.form)
    positions = [*page.forms.get(term.form, ()), *page.parts.get(term.form, ())]
    compound = [part for part in term.parts if not part.startswith(FAMILY_MARK)]
    for part in term.parts:
        if part.startswith(FAMILY_MARK) and part in page.parts:
            frequency += _FAMILY_WEIGHT * page.frequency(page.parts, part)
            positions += page.parts[part]
    if compound and not frequency:
        places = [[*page.forms.get(p, ()), *page.parts.get(p, ())] for p in compound]
        near = min((_nearness(a, b) for a, b in pairwise(places)), default=1.0)
        if all(places):
            return 0.4 + 0.6 * near, places[-1]
        return 0.15 * sum(map(bool, places)) / len(places), []
    return frequency, positions


def _in_order(page: _Page, forms: Sequence[str]) -> list[int]:
    """Where ``forms`` stand one after the other, at most two words apart."""
    at = page.forms.get(forms[0], [])
    for form in forms[1:]:
        places = page.forms.get(form, [])
        at = [place for place in places if any(0 < place - before <= 3 for before in at)]
    return at


def _nearness(first: Sequence[int], second: Sequence[int]) -> float:
    """1 for neighbours, less with their distance, 0 beyond :data:`_NEAR` words."""
    if not first or not second:
        return 0.0
    distance = min(abs(a - b) for a in first[:30] for b in second[:30])
    return 1 / max(1, distance) if distance <= _NEAR else 0.0

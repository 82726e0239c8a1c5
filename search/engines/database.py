"""The embedded engine: full text in the database, everything else in arrays."""

from dataclasses import dataclass

import numpy as np

from search.engines import facet_arrays
from search.engines.base import Engine, EngineAnswer, EngineQuery
from search.engines.facet_arrays import Snapshot
from search.engines.facet_filters import FacetFilters
from search.engines.matching import PageIds, Ranked, match
from search.engines.reranking import rerank
from search.places import RADII, RADIUS_PARAMETER
from search.registry import TYPE_FACET


@dataclass(frozen=True)
class _Filtered:
    """Rows before the visitor's own filters, and how those cut them down."""

    base: np.ndarray
    masks: dict[str, np.ndarray]
    missed: np.ndarray

    @property
    def hits(self) -> np.ndarray:
        return self.base & (self.missed == 0)

    def without(self, facet: str) -> np.ndarray:
        """Hits if ``facet`` were dropped."""
        if facet not in self.masks:
            return self.hits
        return self.base & (self.missed == ~self.masks[facet])


class DatabaseEngine:
    """See :class:`search.engines.base.Engine`. Two queries for a text, none without.

    Args:
        looked_up: pages by clause, for the questions of one search.
    """

    def __init__(self, looked_up: PageIds | None = None) -> None:
        self._looked_up = looked_up

    def for_one_search(self) -> Engine:
        """An engine that looks up each word once, however often one search asks."""
        return DatabaseEngine({})

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Find, filter, count, sort and cut."""
        snapshot = facet_arrays.current(query.index_version)
        filters = FacetFilters(snapshot, query)
        allowed = _allowed(snapshot, query, filters)
        ranked = match(snapshot, query, allowed, self._looked_up)
        base = ranked.found
        whole = ranked.whole(query.sort)
        if query.sort != "relevanz" and (whole & allowed).any():
            base = whole
        masks = {name: filters.mask(name, keys) for name, keys in query.selected.items()}
        if query.near and ranked.nearness and query.near.radius:
            masks[RADIUS_PARAMETER] = ranked.nearness.within(query.near.radius)
        missed = np.zeros(snapshot.size, dtype=np.int8)
        for mask in masks.values():
            missed += ~mask
        filtered = _Filtered(base, masks, missed)
        hits = np.flatnonzero(filtered.hits)
        met = [filters.mask(wish.facet, wish.keys) for wish in query.preferences]
        page_count = max(1, -(-len(hits) // query.page_size))
        page = 1 if query.sort == "id" else min(max(query.page, 1), page_count)
        ordered = hits[_order(snapshot, hits, ranked, query)]
        if query.sort == "relevanz" and query.words and len(ordered) > 1:
            ordered = rerank(snapshot, query, ranked, ordered)
        if query.sort == "relevanz" and met:
            ordered = _preferred(ordered, query, ranked, met)
        if query.sort == "id":
            ordered = ordered[snapshot.page_ids[ordered] > query.after]
        start = (page - 1) * query.page_size
        shown = ordered[start : start + query.page_size]
        return EngineAnswer(
            page_ids=snapshot.page_ids[shown].tolist(),
            total=len(hits),
            page_number=page,
            page_count=page_count,
            counts={name: filters.counts(name, filtered.without(name)) for name in query.facets},
            without={name: int(filtered.without(name).sum()) for name in masks},
            without_text=int((allowed & (missed == 0)).sum()),
            complete=int(whole[hits].sum()),
            unmatched=ranked.unmatched,
            kilometres=_kilometres(snapshot, ranked, shown),
            within=_within(filtered, ranked),
            met={
                int(snapshot.page_ids[row]): tuple(n for n, mask in enumerate(met) if mask[row])
                for row in shown
                if met
            },
        )


def _kilometres(snapshot: Snapshot, ranked: Ranked, rows: np.ndarray) -> dict[int, float]:
    """Distances of the hits that have a place and are not of the own region."""
    if ranked.nearness is None:
        return {}
    far = ranked.nearness.kilometres
    return {
        int(snapshot.page_ids[row]): float(far[row])
        for row in rows
        if not ranked.nearness.own[row] and not np.isnan(far[row])
    }


def _within(filtered: _Filtered, ranked: Ranked) -> dict[int, int]:
    """Number of hits by radius."""
    if ranked.nearness is None:
        return {}
    hits = filtered.without(RADIUS_PARAMETER)
    return {radius: int((hits & ranked.nearness.within(radius)).sum()) for radius in RADII}


def _preferred(
    rows: np.ndarray, query: EngineQuery, ranked: Ranked, met: list[np.ndarray]
) -> np.ndarray:
    """``rows`` by the weight of the preferences they meet, those with all words before."""
    weights = np.zeros(len(ranked.scores))
    for wish, mask in zip(query.preferences, met, strict=True):
        weights += wish.weight * mask
    return rows[np.lexsort((-weights[rows], ~ranked.complete[rows]))]


def _allowed(snapshot: Snapshot, query: EngineQuery, filters: FacetFilters) -> np.ndarray:
    """Rows that the preset and the moment allow."""
    allowed = snapshot.alive & (snapshot.locales == query.locale)
    allowed &= snapshot.expires > query.now.timestamp()
    if query.types:
        allowed &= snapshot.column(TYPE_FACET).mask(query.types, snapshot.size)
    for name, keys in query.fixed.items():
        allowed &= filters.mask(name, keys)
    for name, keys in query.hidden.items():
        allowed &= ~filters.mask(name, keys)
    return allowed


def _order(snapshot: Snapshot, rows: np.ndarray, ranked: Ranked, query: EngineQuery) -> np.ndarray:
    """Order of ``rows``: the last key of lexsort counts most; newest first among equals."""
    if query.sort == "id":
        return np.argsort(snapshot.page_ids[rows])
    keys = [-snapshot.page_ids[rows], -snapshot.dates[rows]]
    if query.sort == "titel":
        keys.append(snapshot.titles[rows])
    elif query.sort == "termin" and query.soonest:
        periods = snapshot.periods_of(query.soonest.name)
        keys.append(periods.soonest(query.soonest.edge, query.today, snapshot.size)[rows])
    elif query.sort == "relevanz":
        keys += [-ranked.scores[rows], *ranked.tiers(rows)]
    return np.lexsort(keys)

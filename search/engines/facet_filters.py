"""What a value of a facet finds: the rows with its key, or with a date."""

import numpy as np

from search.engines.base import EngineQuery
from search.engines.facet_arrays import Snapshot


class FacetFilters:
    """The facets of a query over the rows of a snapshot.

    Args:
        snapshot: all entries.
        query: says which keys are ranges of dates.
    """

    def __init__(self, snapshot: Snapshot, query: EngineQuery) -> None:
        self._snapshot = snapshot
        self._query = query

    def mask(self, name: str, keys: tuple[str, ...]) -> np.ndarray:
        """Rows that any of ``keys`` finds."""
        snapshot = self._snapshot
        if (ranges := self._query.ranges.get(name)) is None:
            return snapshot.column(name).mask(keys, snapshot.size)
        found = np.zeros(snapshot.size, dtype=bool)
        for key in keys:
            if wanted := ranges.get(key):
                found |= snapshot.periods_of(wanted.date.name).mask(wanted, snapshot.size)
        return found

    def counts(self, name: str, rows: np.ndarray) -> dict[str, int]:
        """Number of ``rows`` (a mask) that each key finds."""
        own = self._snapshot.column(name).counts(rows)
        other = self._query.ranges.get(name, ())
        return {**own, **{key: int((self.mask(name, (key,)) & rows).sum()) for key in other}}

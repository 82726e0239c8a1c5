"""The facets of all entries as arrays, held once per process.

10,000 to 20,000 entries take about 2 MB. A snapshot never changes: a newer one is
made of it and of the entries above its version, and takes its place. Replaced rows
stay behind as dead rows until there are too many of them.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from cms.delivery.change_tracking import in_changed_transaction
from cms.delivery.content_version import cached
from cms.text import sort_key
from search.dates import StoredPeriods
from search.engines.date_arrays import Periods
from search.index_version import IndexVersion
from search.models import Entry, EntryFacet, IndexClock
from search.registry import TYPE_FACET

_TITLE_KEY = 40
# Above this share of dead rows reading everything anew costs less than carrying them.
_MAX_DEAD = 0.2
_MIN_DEAD = 500
_NEVER = float("inf")
_COLUMNS = (
    "page_id", "removed", "locale", "type_key", "date", "expires_at", "title", "lat", "lon",
    "dates",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """Values of one facet: pairs of a row and the code of a key."""

    keys: tuple[str, ...] = ()
    rows: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    codes: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int32))

    @cached_property
    def _rows_of(self) -> dict[str, np.ndarray]:
        """Rows of each key, looked up for every filter."""
        order = np.argsort(self.codes, kind="stable")
        ends = np.cumsum(np.bincount(self.codes, minlength=len(self.keys)))
        return dict(zip(self.keys, np.split(self.rows[order], ends[:-1]), strict=True))

    def mask(self, keys: Iterable[str], size: int) -> np.ndarray:
        """Which of ``size`` rows have any of ``keys``."""
        found = np.zeros(size, dtype=bool)
        for key in keys if self.keys else ():
            if (rows := self._rows_of.get(key)) is not None:
                found[rows] = True
        return found

    def counts(self, mask: np.ndarray) -> dict[str, int]:
        """Number of rows in ``mask`` by key; no key without any."""
        numbers = np.bincount(self.codes[mask[self.rows]], minlength=len(self.keys))
        return {key: int(numbers[code]) for code, key in enumerate(self.keys) if numbers[code]}

    def extended(self, pairs: list[tuple[int, str]]) -> "Column":
        """This column and more pairs of row and key."""
        keys = list(self.keys)
        code_of = {key: code for code, key in enumerate(keys)}
        codes = []
        for _row, key in pairs:
            if key not in code_of:
                code_of[key] = len(keys)
                keys.append(key)
            codes.append(code_of[key])
        return Column(
            tuple(keys),
            np.concatenate([self.rows, np.array([row for row, _ in pairs], dtype=np.int32)]),
            np.concatenate([self.codes, np.array(codes, dtype=np.int32)]),
        )


@dataclass(frozen=True)
class Snapshot:
    """All entries as of one index version."""

    epoch: int = 0
    counter: int = 0
    page_ids: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    alive: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=bool))
    locales: np.ndarray = field(default_factory=lambda: np.empty(0, dtype="U12"))
    dates: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    #: In seconds of the epoch.
    expires: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.float64))
    lats: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.float32))
    lons: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.float32))
    titles: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=f"U{_TITLE_KEY}"))
    columns: dict[str, Column] = field(default_factory=dict)
    periods: dict[str, Periods] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of rows, dead ones included."""
        return len(self.page_ids)

    @property
    def dead(self) -> int:
        """Number of rows whose entry has been removed or replaced."""
        return self.size - int(self.alive.sum())

    @cached_property
    def _row_of(self) -> np.ndarray:
        """Row by page id, -1 where there is none."""
        rows = np.full(int(self.page_ids.max(initial=0)) + 1, -1, dtype=np.int32)
        alive = np.flatnonzero(self.alive)
        rows[self.page_ids[alive]] = alive
        return rows

    def rows_of(self, page_ids: np.ndarray) -> np.ndarray:
        """Rows of the pages that have one."""
        known = page_ids[page_ids < len(self._row_of)]
        rows = self._row_of[known]
        return rows[rows >= 0]

    def column(self, name: str) -> Column:
        """The column of a facet; an empty one where no entry has a value."""
        return self.columns.get(name, Column())

    def periods_of(self, name: str) -> Periods:
        """The periods of a name; none where no entry has one."""
        return self.periods.get(name, Periods())


def _apply(base: Snapshot, index_version: IndexVersion) -> Snapshot:
    """``base`` and everything that is newer."""
    changed = Entry.objects.filter(version__gt=base.counter) if base.size else Entry.objects.all()
    rows = list(changed.values_list(*_COLUMNS))
    facets = EntryFacet.objects.all()
    if base.size:
        facets = facets.filter(entry__version__gt=base.counter)
    alive = base.alive.copy()
    if base.size:
        alive[np.isin(base.page_ids, [row[0] for row in rows])] = False
    rows = [row for row in rows if not row[1]]
    row_of = {row[0]: base.size + index for index, row in enumerate(rows)}
    pairs: dict[str, list[tuple[int, str]]] = defaultdict(list)
    pairs[TYPE_FACET] = [(row_of[row[0]], row[3]) for row in rows]
    for entry_id, name, value in facets.values_list("entry_id", "name", "value"):
        if entry_id in row_of:
            pairs[name].append((row_of[entry_id], value))
    columns = dict(base.columns)
    for name, values in pairs.items():
        columns[name] = base.column(name).extended(values)

    def joined(old: np.ndarray, new: Sequence[object]) -> np.ndarray:
        return np.concatenate([old, np.array(new, dtype=old.dtype)])

    return Snapshot(
        epoch=index_version.epoch,
        counter=index_version.counter,
        page_ids=joined(base.page_ids, [row[0] for row in rows]),
        alive=joined(alive, [True] * len(rows)),
        locales=joined(base.locales, [row[2] for row in rows]),
        dates=joined(base.dates, [row[4].toordinal() if row[4] else 0 for row in rows]),
        expires=joined(base.expires, [row[5].timestamp() if row[5] else _NEVER for row in rows]),
        titles=joined(base.titles, [sort_key(row[6])[:_TITLE_KEY] for row in rows]),
        lats=joined(base.lats, [_degrees(row[7]) for row in rows]),
        lons=joined(base.lons, [_degrees(row[8]) for row in rows]),
        columns=columns,
        periods=_extended(base.periods, {row_of[row[0]]: row[9] for row in rows if row[9]}),
    )


def _extended(base: Mapping[str, Periods], new: Mapping[int, StoredPeriods]) -> dict[str, Periods]:
    """``base`` and the periods of new rows."""
    by_name: dict[str, list[tuple[int, list[str | None]]]] = defaultdict(list)
    for row, names in new.items():
        for name, pairs in names.items():
            by_name[name] += [(row, pair) for pair in pairs]
    found = {name: base.get(name, Periods()).extended(pairs) for name, pairs in by_name.items()}
    return {**base, **found}


def _degrees(value: float | None) -> float:
    return np.nan if value is None else value


_lock = threading.Lock()
_shared = Snapshot()


def known_version() -> IndexVersion:
    """The version of the read model; its entries only change with the content version."""
    return cached("search.index_version", IndexClock.version)


def current(index_version: IndexVersion) -> Snapshot:
    """The snapshot that agrees with the database; no query when nothing changed."""
    global _shared
    if in_changed_transaction() and not _is_same(_shared, index_version):
        return cached("search.arrays", lambda: _apply(Snapshot(), index_version))
    if _is_current(_shared, index_version):
        return _shared
    with _lock:
        base = _shared
        if _is_current(base, index_version):
            return base
        if base.epoch != index_version.epoch or base.counter < index_version.purged_version:
            base = Snapshot()
        newer = _apply(base, index_version)
        if newer.dead > max(_MIN_DEAD, newer.size * _MAX_DEAD):
            newer = _apply(Snapshot(), index_version)
        _shared = newer
        return newer


def clear() -> None:
    """Have everything read anew: in a process that turns to another database."""
    global _shared
    _shared = Snapshot()


def _is_same(snapshot: Snapshot, index_version: IndexVersion) -> bool:
    known = snapshot.epoch, snapshot.counter
    return known == (index_version.epoch, index_version.counter)


def _is_current(snapshot: Snapshot, index_version: IndexVersion) -> bool:
    # A request that began earlier may come with an older index_version: newer is fine.
    return snapshot.epoch == index_version.epoch and snapshot.counter >= index_version.counter

"""The content version of the public site, and what this process caches of that version.

For menus, settings, facet labels, lists: what every page shows and what changes a few times a
day. The version (:class:`cms.models.PublicChange`) is read from the database at most once a
second: another process's change is seen after a second, one's own at once.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from cms.delivery.change_tracking import on_own_change, uncommitted_values
from cms.models.changes import ContentVersion, PublicChange

T = TypeVar("T")

#: How long a version that was read is taken for the present one.
VERSION_SECONDS = 1.0
#: How many values at most. The largest are the ancestors of a page.
MAX_VALUES = 1000


class VersionClock:
    """The content version, read from the database at most once a second.

    Args:
        clock: gives seconds. It may be set back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._version: ContentVersion | None = None
        self._read_at = 0.0

    def get(self) -> ContentVersion:
        """The content version, at most a second old.

        Raises:
            django.db.Error: the database does not answer, and what is known is too old.
        """
        now = self._clock()
        if self._version is None or not 0 <= now - self._read_at < VERSION_SECONDS:
            self._version, self._read_at = PublicChange.version(), now
        return self._version

    def expire(self) -> None:
        """Have the version read again when it is asked for next."""
        self._version = None


class ContentCache:
    """LRU cache of values by key, all of one content version.

    Args:
        size: how many values at most.
        versions: tells the content version.
    """

    def __init__(self, size: int = MAX_VALUES, versions: VersionClock | None = None) -> None:
        self._size = size
        self._versions = versions or VersionClock()
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        """Empty the cache and have the content version read again."""
        with self._lock:
            self._values: OrderedDict[Hashable, Any] = OrderedDict()
            self._version: ContentVersion | None = None
            self._versions.expire()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of ``key``; made by ``make`` when it is not cached.

        What an open transaction has changed may be rolled back: it is cached for that
        transaction only, until its next change.
        """
        uncommitted = uncommitted_values()
        if uncommitted is not None:
            if key not in uncommitted:
                uncommitted[key] = make()
            return uncommitted[key]
        values = self._current()
        with self._lock:
            if key in values:
                values.move_to_end(key)
                return values[key]
        value = make()
        with self._lock:
            # If the version has moved on meanwhile, nobody looks at these values any more.
            values[key] = value
            while len(values) > self._size:
                values.popitem(last=False)
        return value

    def _current(self) -> "OrderedDict[Hashable, Any]":
        version = self._versions.get()
        with self._lock:
            if version != self._version:
                self._values, self._version = OrderedDict(), version
            return self._values


#: The clock of this process: the page cache asks it, too.
process_versions = VersionClock()
_cache = ContentCache(versions=process_versions)
on_own_change(_cache.clear)


def cached(key: Hashable, make: Callable[[], T]) -> T:
    """The value of ``key`` for the present content version; made by ``make`` when not cached.

    Args:
        key: begins with the name of the function that asks.
        make: must read nothing but the database and depend on nothing but ``key``. What it
            gives is shared between requests: nobody may change it.
    """
    return _cache.get(key, make)


def clear() -> None:
    """Empty the cache of this process, as any public change does."""
    _cache.clear()

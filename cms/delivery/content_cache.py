"""What a process remembers of the public site between requests: menus, settings, lists.

For things that every page shows and that change a few times a day. What is remembered belongs to
one state of the public site (:mod:`cms.delivery.change_tracking`), read from the database at most
once a second: another process's change is seen after a second, one's own at once.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from cms.delivery.change_tracking import in_changed_transaction, on_own_change
from cms.delivery.content_version import KnownState
from cms.models.changes import State

T = TypeVar("T")

#: How many things at most; the longest unused make room. The largest are the pages above a page.
SIZE = 1000


class Memory:
    """Things by key, all of one state of the public site.

    Args:
        size: how many.
        clock: gives seconds.
    """

    def __init__(self, size: int = SIZE, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = size
        self._known = KnownState(clock)
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Empty the cache and have the content version read again."""
        with self._lock:
            self._things: OrderedDict[Hashable, Any] = OrderedDict()
            self._state: State | None = None
            self._known.forget()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``key`` stands for; made by ``make`` when it is not known.

        What an open transaction has changed may be rolled back, so it is not remembered.
        """
        if in_changed_transaction():
            return make()
        things = self._current()
        with self._lock:
            if key in things:
                things.move_to_end(key)
                return things[key]
        value = make()
        with self._lock:
            # Of a state that has passed meanwhile: nobody looks at these things any more.
            things[key] = value
            while len(things) > self._size:
                things.popitem(last=False)
        return value

    def _current(self) -> "OrderedDict[Hashable, Any]":
        """The things of the present state."""
        state = self._known.get()
        with self._lock:
            if state != self._state:
                self._things, self._state = OrderedDict(), state
            return self._things


_memory = Memory()
on_own_change(_memory.forget)


def remembered(key: Hashable, make: Callable[[], T]) -> T:
    """What ``key`` stands for in the public site as it is; made by ``make`` when not known.

    Args:
        key: begins with the name of the function that asks.
        make: must read nothing but the database and depend on nothing but ``key``. What it
            gives is shared between requests: nobody may change it.
    """
    return _memory.get(key, make)


def forget() -> None:
    """Empty the cache of this process, as any public change does."""
    _memory.forget()

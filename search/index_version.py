"""What a process may remember between requests, and until when.

Everything remembered belongs to one state of the read model, named by a :class:`Stamp`.
What an open transaction changed may be rolled back, so what it sees is remembered for
that transaction only.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction


@dataclass(frozen=True)
class Stamp:
    """A state of the read model: which history, and how far in it."""

    epoch: int = 0
    counter: int = 0
    purged_version: int = 0


class _Changes:
    """Marks a transaction that changed the read model, and keeps what it remembers.

    Django keeps on-commit functions exactly as long as the transaction or savepoint
    they were registered in, so the marker is one of them; running it does nothing.
    """

    def __init__(self) -> None:
        self.values: dict[Hashable, tuple[Stamp, Any]] = {}

    def __call__(self) -> None:
        """Nothing to do: the marker only has to be registered."""


_shared: dict[Hashable, tuple[Stamp, Any]] = {}


def mark_changed() -> None:
    """Say that the current transaction changes the read model."""
    transaction.on_commit(_Changes())


def _changes() -> _Changes | None:
    """The marker of the latest change in this transaction, if there was one."""
    for entry in reversed(connection.run_on_commit):
        if isinstance(entry[1], _Changes):
            return entry[1]
    return None


def in_changed_transaction() -> bool:
    """Whether this transaction sees what nobody else sees yet."""
    return _changes() is not None


def remembered(key: Hashable, stamp: Stamp, make: Callable[[], Any]) -> Any:
    """The value of ``key`` as of ``stamp``; made by ``make`` when it is not known.

    ``stamp`` must have been read before, so that a value is never older than it says.
    """
    changes = _changes()
    values = changes.values if changes else _shared
    known = values.get(key)
    if known and known[0] == stamp:
        return known[1]
    value = make()
    values[key] = (stamp, value)
    return value

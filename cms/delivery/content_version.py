"""Which state the public site is in, as far as whoever keeps things of it knows."""

from collections.abc import Callable

from cms.models.changes import PublicChange, State

#: How long a state that was read is taken for the present one.
STATE_SECONDS = 1.0


class KnownState:
    """The state of the public site, read from the database at most once a second.

    Args:
        clock: gives seconds. It may be set back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._state: State | None = None
        self._read_at = 0.0

    def get(self) -> State:
        """The state, at most a second old.

        Raises:
            django.db.Error: the database does not answer, and what is known is too old.
        """
        now = self._clock()
        if self._state is None or not 0 <= now - self._read_at < STATE_SECONDS:
            self._state, self._read_at = PublicChange.state(), now
        return self._state

    def forget(self) -> None:
        """Read it anew when it is asked for next."""
        self._state = None

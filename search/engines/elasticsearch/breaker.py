"""A circuit breaker: a server that does not answer is left alone for a while.

Nygard, *Release It!* (2007). Of this process; others notice for themselves.
"""

import logging
import time
from collections.abc import Callable
from threading import Lock, Thread

logger = logging.getLogger(__name__)

#: So many failures one after the other open the breaker.
MOST_FAILURES = 2
#: Seconds after which somebody looks whether the server answers again.
PAUSE = 5.0


class CircuitBreaker:
    """Closed while the server answers. Open, nobody waits for it: a thread tries it now and then.

    Args:
        try_again: asks the server something small, and raises if it does not answer.
        clock: gives seconds.
        start: runs a function without waiting for it.
    """

    def __init__(
        self,
        try_again: Callable[[], object],
        clock: Callable[[], float] = time.monotonic,
        start: Callable[[Callable[[], None]], None] | None = None,
    ) -> None:
        self._try_again = try_again
        self._clock = clock
        self._start = start or _in_thread
        self._lock = Lock()
        self._failures = 0
        self._next_attempt = 0.0
        self._is_trying = False

    @property
    def is_open(self) -> bool:
        """Whether the server is left alone."""
        return self._failures >= MOST_FAILURES

    def allows(self) -> bool:
        """Whether the server may be asked. If not, and it is time, a thread looks after it."""
        if not self.is_open:
            return True
        with self._lock:
            is_due = not self._is_trying and self._clock() >= self._next_attempt
            if is_due:
                self._is_trying = True
        if is_due:
            self._start_attempt()
        return not self.is_open

    def succeeded(self) -> None:
        """Note that the server has answered."""
        if self._failures:
            if self.is_open:
                logger.warning("Elasticsearch answers again")
            self._failures = 0

    def failed(self, error: Exception) -> None:
        """Note that the server has not answered."""
        with self._lock:
            was_open = self.is_open
            self._failures += 1
            self._next_attempt = self._clock() + PAUSE
        if self.is_open and not was_open:
            logger.error("Elasticsearch does not answer, the database does: %s", error)

    def _start_attempt(self) -> None:
        try:
            self._start(self._attempt)
        except Exception:
            # No thread can be started: after the next pause somebody tries again.
            logger.exception("Whether Elasticsearch answers again could not be looked after")
            self._next_attempt = self._clock() + PAUSE
            self._is_trying = False

    def _attempt(self) -> None:
        try:
            self._try_again()
        except Exception as error:
            self.failed(error)
        else:
            self.succeeded()
        finally:
            self._is_trying = False


def _in_thread(function: Callable[[], None]) -> None:
    Thread(target=function, name="elasticsearch-breaker", daemon=True).start()

"""SIGTERM and Ctrl-C end periodic work at once, but not amid what must not happen twice."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Shutdown:
    """Whether a signal waits until the work in hand is done."""

    def __init__(self) -> None:
        self._deferred = self._requested = False

    def install(self) -> None:
        """Handle SIGTERM and SIGINT from now on; in the main thread only."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._handle)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._deferred:
            self._requested = True
        else:
            raise KeyboardInterrupt

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Finish what stands in the block first; it should take seconds.

        Raises:
            KeyboardInterrupt: afterwards, if a signal came meanwhile.
        """
        self._deferred = True
        try:
            yield
        finally:
            self._deferred = False
            if self._requested:
                self._requested = False
                raise KeyboardInterrupt


shutdown = Shutdown()

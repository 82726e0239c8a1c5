"""Give up a PostgreSQL server that stands still.

One whose storage hangs, or whose machine is suspended, still acknowledges on the network what it is
sent. Then no ``statement_timeout`` ends a query, since the server keeps that, and no
``tcp_user_timeout`` ends the connection: the client has to stop waiting itself.
"""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base

#: How long a kept connection may take to say that it still works, in seconds. A new one costs less.
HEALTH_CHECK_SECONDS = 1.0

Wait = Callable[..., object]


class DatabaseWrapper(base.DatabaseWrapper):
    """Raises ``OperationalError`` when no answer comes for ``DATABASE_ANSWER_SECONDS``.

    0 waits for ever, as commands do (``migrate``); :mod:`cms.wsgi` sets it for requests. Whether a
    kept connection still works is always asked for :data:`HEALTH_CHECK_SECONDS` at most.
    """

    _patience: float | None = None

    def get_new_connection(self, conn_params: dict[str, object]) -> object:
        """Open a connection whose waiting ends."""
        connection = super().get_new_connection(conn_params)
        vars(connection)["wait"] = self._limited(connection, connection.wait)
        return connection

    def is_usable(self) -> bool:
        """Whether the connection works; asked for some seconds only."""
        with self._waiting(HEALTH_CHECK_SECONDS):
            return super().is_usable()

    @contextmanager
    def _waiting(self, seconds: float) -> Iterator[None]:
        self._patience = seconds
        try:
            yield
        finally:
            self._patience = None

    def _limited(self, connection: "psycopg.Connection[object]", wait: Wait) -> Wait:
        def limited(
            steps: Generator[object, object, object], *args: object, **kwargs: object
        ) -> object:
            seconds = self._patience or settings.DATABASE_ANSWER_SECONDS
            if not seconds:
                return wait(steps, *args, **kwargs)
            return wait(_until(time.monotonic() + seconds, steps, connection), *args, **kwargs)

        return limited


def _until(
    deadline: float,
    steps: Generator[object, object, object],
    connection: "psycopg.Connection[object]",
) -> Generator[object, object, object]:
    """Hand ``steps`` on to psycopg, which wakes them ten times a second while nothing comes.

    Raises:
        psycopg.OperationalError: after the deadline; the connection is closed, since an answer
            might come yet.
    """
    try:
        awaited = next(steps)
        while True:
            ready = yield awaited
            if not ready and time.monotonic() > deadline:
                connection.close()
                raise psycopg.OperationalError("The server has not answered in time.")
            awaited = steps.send(ready)
    except StopIteration as end:
        return end.value

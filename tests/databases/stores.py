"""Where templates are stored, and how they are copied.

A file in a folder of the machine for SQLite, a template database of the same server for
PostgreSQL. Several processes and several working copies may use them at once: what is stored is
complete, has a name of its own for every content, and is never changed.
"""

import datetime
import fcntl
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from tests.databases.templates import Template

#: Files that nobody has used for so many seconds are deleted.
UNUSED = 2 * 24 * 60 * 60


def folder() -> Path:
    """The folder for the files of whoever runs the tests; nobody else may write there."""
    path = Path(tempfile.gettempdir()) / f"haeuser-tests-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_uid != os.getuid():
        raise PermissionError(f"{path} belongs to somebody else.")
    return path


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Whoever comes second waits until the first has stored what both need."""
    with (folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Store(Protocol):
    """Keeps templates."""

    def name_for(self, template: Template, number: int) -> str:
        """The name of a new copy of this process, as ``DATABASES`` has it."""

    def prepare(self, connection: BaseDatabaseWrapper) -> None:
        """Make an empty database for this connection."""

    def load(self, template: Template, connection: BaseDatabaseWrapper) -> bool:
        """Fill the database of this connection; false when nothing is stored."""

    def save(self, template: Template, connection: BaseDatabaseWrapper) -> None:
        """Store what the database of this connection holds."""

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        """Remove the database of this connection."""


class SQLiteStore:
    """Files; copies are in memory."""

    def name_for(self, template: Template, number: int) -> str:
        return f"file:{template.name}_{number}?mode=memory&cache=shared"

    def prepare(self, connection: BaseDatabaseWrapper) -> None:
        connection.connect()

    def load(self, template: Template, connection: BaseDatabaseWrapper) -> bool:
        path = self._path(template)
        try:
            source = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        except sqlite3.OperationalError:
            return False
        connection.ensure_connection()
        source.backup(connection.connection)
        source.close()
        with suppress(FileNotFoundError):
            os.utime(path)
        return True

    def save(self, template: Template, connection: BaseDatabaseWrapper) -> None:
        for path in folder().iterdir():
            # Other processes rename and delete here too.
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - UNUSED:
                    path.unlink()
        unfinished = self._path(template).with_suffix(f".{os.getpid()}")
        target = sqlite3.connect(unfinished)
        connection.connection.backup(target)
        target.close()
        unfinished.replace(self._path(template))

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        # Django keeps connections to a database in memory open, and with them its content.
        if connection.connection is not None:
            connection.connection.close()

    def _path(self, template: Template) -> Path:
        return folder() / f"{template.name}-{template.digest}.sqlite3"


class PostgreSQLStore:
    """Databases of the server; a run two days later removes them.

    Args:
        name: how the names of all copies of this process begin.
    """

    PREFIX = "haeuser_template_"

    def __init__(self, name: str) -> None:
        self._name = name

    def name_for(self, template: Template, number: int) -> str:
        return f"{self._name}_{template.name}_{number}"

    def prepare(self, connection: BaseDatabaseWrapper) -> None:
        self._create(connection, "template0")

    def load(self, template: Template, connection: BaseDatabaseWrapper) -> bool:
        source = self._stored(template)
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [source])
            if cursor.fetchone() is None:
                return False
        self.drop(connection)
        self._create(connection, source)
        return True

    def save(self, template: Template, connection: BaseDatabaseWrapper) -> None:
        connection.close()
        quote = connection.ops.quote_name
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname < %s",
                # A run may last past midnight.
                [self.PREFIX, self._of_day(timezone.localdate() - datetime.timedelta(days=1))],
            )
            for (old,) in cursor.fetchall():
                cursor.execute(f"DROP DATABASE IF EXISTS {quote(old)}")
            self._copy(cursor, self._stored(template), connection.settings_dict["NAME"])

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        connection.close()
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _create(self, connection: BaseDatabaseWrapper, source: str) -> None:
        with connection._nodb_cursor() as cursor:
            self._copy(cursor, connection.settings_dict["NAME"], source)

    def _copy(self, cursor: Any, name: str, source: str) -> None:
        # File by file costs half of what PostgreSQL 15 does by default, through its log.
        is_new = cursor.connection.info.server_version >= 150_000
        strategy = "STRATEGY FILE_COPY" if is_new else ""
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" {strategy}')

    def _of_day(self, day: datetime.date) -> str:
        return f"{self.PREFIX}{day:%Y%m%d}_"

    def _stored(self, template: Template) -> str:
        return f"{self._of_day(timezone.localdate())}{template.name}_{template.digest}"

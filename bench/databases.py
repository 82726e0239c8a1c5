"""Databases of the measurements' own: made, used and thrown away."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.bootstrap import ROOT


@dataclass(frozen=True)
class Database:
    """One database.

    Args:
        vendor: ``SQLite`` or ``PostgreSQL``.
        url: its address.
        folder: for media and results.
    """

    vendor: str
    url: str
    folder: Path

    def environment(self) -> dict[str, str]:
        """For processes that work in it; the caller's own settings do not reach them."""
        kept = {name: value for name, value in os.environ.items() if name != "DEBUG"}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": self.url,
            "MEDIA_ROOT": str(self.folder / "media"),
            "VAR_DIR": str(self.folder),
            "PYTHONPATH": str(ROOT),
        }


#: Makes an empty database of a name.
Maker = Callable[[str], Database]


@contextmanager
def sqlite(folder: Path) -> Iterator[Maker]:
    """Files in ``folder``, configured as in the embedded default."""

    def make(name: str) -> Database:
        place = folder / f"sqlite-{name}"
        place.mkdir()
        return Database("SQLite", f"sqlite:///{place / 'bench.sqlite3'}", place)

    yield make


@contextmanager
def postgres(folder: Path, server: str, *, keep: bool) -> Iterator[Maker]:
    """New databases on a server, dropped in the end.

    Args:
        folder: for media and results.
        server: ``postgres://…`` of any database there; it is only connected to.
        keep: whether to leave the databases.
    """
    import psycopg
    from psycopg import sql

    token = secrets.token_hex(4)
    made: list[str] = []

    def execute(statement: str, name: str) -> None:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def make(name: str) -> Database:
        place = folder / f"postgres-{name}"
        place.mkdir()
        made.append(f"bench_{token}_{name}")
        execute("CREATE DATABASE {}", made[-1])
        return Database("PostgreSQL", f"{server.rsplit('/', 1)[0]}/{made[-1]}", place)

    try:
        yield make
    finally:
        for name in () if keep else made:
            execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def lasting(folder: Path, server: str) -> Maker:
    """Databases that are named after ``folder``, stay there, and are given again when asked for.

    Args:
        folder: for media and results.
        server: ``postgres://…`` of any database there; it is only connected to.
    """
    import psycopg
    from psycopg import sql

    def make(name: str) -> Database:
        place, full = folder / name, f"bench_{folder.name}_{name}"
        with psycopg.connect(server, autocommit=True) as connection:
            known = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [full]
            ).fetchone()
            if not known:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(full)))
        place.mkdir(exist_ok=True)
        return Database("PostgreSQL", f"{server.rsplit('/', 1)[0]}/{full}", place)

    return make


def postgres_server() -> str:
    """The server named by ``DATABASE_URL``; empty without one."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def can_start_postgres() -> bool:
    """Whether ``.ci/with-postgres.sh`` finds a server program on this machine."""
    installed = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed or shutil.which("initdb") is not None


def again_with_postgres(command: list[str]) -> int:
    """Run ``command`` with a private PostgreSQL server; gives its exit code."""
    script = str(ROOT / ".ci" / "with-postgres.sh")
    return subprocess.run([script, *command], cwd=ROOT, check=False).returncode

"""Databases of the measurements' own: made, used and thrown away."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.bootstrap import ROOT


@dataclass(frozen=True)
class Database:
    """Where one run of the measurements works.

    Args:
        name: shown in the tables.
        url: its address.
        folder: for media and results.
    """

    name: str
    url: str
    folder: Path

    def environment(self) -> dict[str, str]:
        """For the processes of this run; the caller's own settings do not reach them."""
        kept = {name: value for name, value in os.environ.items() if name != "DEBUG"}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": self.url,
            "MEDIA_ROOT": str(self.folder / "media"),
            "VAR_DIR": str(self.folder),
            "PYTHONPATH": str(ROOT),
        }


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    """A file in ``folder``, configured as in the embedded default."""
    yield Database("SQLite", f"sqlite:///{folder / 'bench.sqlite3'}", folder)


@contextmanager
def postgres(folder: Path, server: str) -> Iterator[Database]:
    """A new database on a server, dropped in the end.

    Args:
        folder: for media and results.
        server: ``postgres://…`` of any database there; it is only connected to.
    """
    import psycopg
    from psycopg import sql

    name = f"bench_{secrets.token_hex(4)}"
    identifier = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
    try:
        yield Database("PostgreSQL", f"{server.rsplit('/', 1)[0]}/{name}", folder)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


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

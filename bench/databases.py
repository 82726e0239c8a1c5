"""Databases of the measurements' own: made, worked in process by process, thrown away or kept."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from scripts.bootstrap import ROOT

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
#: The server that DATABASE_URL names; databases are made on it.
SERVER = os.environ.get("DATABASE_URL", "")


def say(text: str) -> None:
    """Print how far the run is."""
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Database:
    """One database, with a folder for media and results."""

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

    def command(self, *arguments: str) -> None:
        """Run Python with ``arguments`` in the database."""
        command, env = [sys.executable, *arguments], self.environment()
        subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)

    def step(self, function: str, *arguments: Any, once: bool = False) -> Any:
        """Call a function in a process of its own, as a server that has just been started.

        Args:
            function: ``module:name``; it takes and gives what JSON can hold.
            arguments: of the function.
            once: give the result of an earlier call in a database that was kept.
        """
        result = self.folder / f"{function.replace(':', '.')}.json"
        if not (once and result.exists()):
            say(f"{self.vendor} {self.folder.name}: {function} {str(arguments)[:80]}")
            self.command("-m", "bench.databases", function, json.dumps(arguments), str(result))
        return json.loads(result.read_text())

    def build_demo(self) -> float:
        """What ``make demo`` does after the installation, once; gives the seconds."""
        result = self.folder / "demo.json"
        if not result.exists():
            say(f"{self.vendor} {self.folder.name}: demo")
            started = time.perf_counter()
            self.command("manage.py", "migrate", "--verbosity=0")
            self.command("manage.py", "build_demo")
            result.write_text(json.dumps(time.perf_counter() - started))
            self.command("manage.py", "collectstatic", "--no-input", "--verbosity=0")
        return json.loads(result.read_text())


@contextmanager
def opened(vendor: str, name: str, kept: Path | None = None) -> Iterator[Database]:
    """A database, on PostgreSQL on the :data:`SERVER`.

    Args:
        vendor: :data:`SQLITE` or :data:`POSTGRES`.
        name: tells it from others.
        kept: a folder; the database is named after it, stays, and is opened again.
    """
    with tempfile.TemporaryDirectory(prefix="haeuser-bench-") as temporary:
        folder = (kept or Path(temporary)).resolve() / f"{vendor.lower()}-{name}-bench"
        folder.mkdir(parents=True, exist_ok=True)
        if vendor == SQLITE:
            yield Database(vendor, f"sqlite:///{folder / 'bench.sqlite3'}", folder)
            return
        full = f"bench_{folder.parent.name}_{name}"
        quoted = sql.Identifier(full)
        with psycopg.connect(SERVER, autocommit=True) as server:
            with suppress(psycopg.errors.DuplicateDatabase):
                server.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
            try:
                yield Database(vendor, f"{SERVER.rsplit('/', 1)[0]}/{full}", folder)
            finally:
                if not kept:
                    server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def _call(function: str, arguments: str, result: str) -> None:
    """Carry out a step, in its own process, and write what it gives."""
    import django

    django.setup()
    module, _, name = function.partition(":")
    found = getattr(import_module(module), name)(*json.loads(arguments))
    Path(result).write_text(json.dumps(found))


if __name__ == "__main__":
    _call(*sys.argv[1:])

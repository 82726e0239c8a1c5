"""``python -m bench.load``: pages a second of two server processes under load.

The same application server as in production (gunicorn, several processes) on PostgreSQL, asked by
``wrk`` where it is installed, else by a client of our own, which takes more of the processor from
the server. Exit code 1 when a target is missed.
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import databases, machine
from bench.clients import Figures, ask
from bench.databases import Database
from bench.prepare import command, fill, say

#: Pages a second with two processes that the site has to reach.
TARGETS = {"example, uncached": 110, "example, cached": 800}
#: Different pages requested of the cache; without it, all there are.
KEPT_PAGES = 50


@dataclass(frozen=True)
class Load:
    """One kind of request.

    Args:
        name: shown in the table.
        paths: addresses to ask for.
        memory: ``PAGE_CACHE_MB`` of the server.
    """

    name: str
    paths: list[str]
    memory: int = 0


def _rows(database: Database, statement: str) -> list[str]:
    with psycopg.connect(database.url) as connection:
        return [row[0] for row in connection.execute(statement.encode()).fetchall()]


def loads(database: Database) -> list[Load]:
    """What is asked, in the order of the table."""
    statement = """
        SELECT url_path FROM wagtailcore_page page JOIN django_content_type type
        ON type.id = page.content_type_id JOIN wagtailcore_locale locale ON locale.id = locale_id
        WHERE live AND type.model = 'examplepage' AND language_code = 'de' ORDER BY page.id"""
    # The first part is the home page's own.
    examples = ["/" + path.split("/", 2)[2] for path in _rows(database, statement)]
    random.Random(5).shuffle(examples)
    return [
        Load("plain Wagtail page, same content", [f"/plain{path}" for path in examples]),
        Load("example, uncached", examples),
        Load("example, cached", examples[:KEPT_PAGES], memory=32),
        Load("home page, uncached", ["/"]),
        Load("list of examples, uncached", [f"/beispiele/?seite={n}" for n in range(1, 30)]),
        Load("home page, cached", ["/"], memory=32),
    ]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(database: Database, processes: int, memory: int) -> Iterator[str]:
    """A running server; gives its address."""
    port = _free_port()
    environment = database.environment() | {
        "DJANGO_SETTINGS_MODULE": "bench.load_settings",
        "PAGE_CACHE_MB": str(memory),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--log-level", "warning"]
    where = ["--workers", str(processes), "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*gunicorn, *where], env=environment, start_new_session=True)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/-/health/ready")
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def measure(database: Database, load: Load, options: argparse.Namespace) -> Figures:
    """Ask a fresh server for some seconds, after as many seconds to warm up.

    Raises:
        RuntimeError: when an answer is not the page.
    """
    say(load.name)
    with served(database, options.processes, load.memory) as address:
        ask(address, load.paths, min(5, options.seconds), options.connections)
        figures = ask(address, load.paths, options.seconds, options.connections)
    if figures.failed:
        raise RuntimeError(f"{load.name}: {figures.failed} answers were not the page.")
    return figures


def table(found: dict[str, Figures], facts: dict[str, str], options: argparse.Namespace) -> str:
    """The figures as Markdown."""
    base = next(iter(found.values())).rate
    lines = [
        f"{', '.join(f'{name}: {value}' for name, value in facts.items())}; "
        f"{options.processes} processes, {options.connections} connections, "
        f"{options.seconds} s each, asked by {next(iter(found.values())).client}.",
        "",
        "| what | pages/s | target | plain page = 1 | median ms | 99 % below ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, one in found.items():
        target = TARGETS.get(name, "")
        lines.append(
            f"| {name} | {one.rate:.0f} | {target} | {one.rate / base:.2f} "
            f"| {one.median:.0f} | {one.most:.0f} |"
        )
    return "\n".join(lines) + "\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=10, help="of each kind of request")
    parser.add_argument("--only", default="", help="kinds of request with this in their name")
    parser.add_argument(
        "--folder", type=Path, help="of a database kept by --keep that DATABASE_URL names: reuse it"
    )
    parser.add_argument("--keep", action="store_true", help="leave the database, to ask again")
    return parser.parse_args()


def _database(stack: ExitStack, options: argparse.Namespace) -> Database:
    server = databases.postgres_server()
    if options.folder:
        return Database("PostgreSQL", server, options.folder)
    if options.keep:
        folder = Path(tempfile.mkdtemp(prefix="haeuser-bench-"))
    else:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="haeuser-bench-")))
    make = stack.enter_context(databases.postgres(folder, server, keep=options.keep))
    database, _seconds = fill(make, options.pages)
    if options.keep:
        say(f"Reuse it by DATABASE_URL={database.url} … --folder {database.folder}")
    return database


def main() -> int:
    """Measure as the command line says; gives the exit code."""
    options = _options()
    if not databases.postgres_server():
        if not databases.can_start_postgres():
            say("No PostgreSQL: name a server by DATABASE_URL, or install one.")
            return 2
        return databases.again_with_postgres([sys.executable, "-m", "bench.load", *sys.argv[1:]])
    with ExitStack() as stack:
        database = _database(stack, options)
        command(
            database, "manage.py", "collectstatic", "--no-input", "--settings=bench.load_settings"
        )
        facts = machine.facts()
        chosen = [load for load in loads(database) if options.only in load.name]
        found = {load.name: measure(database, load, options) for load in chosen}
    print(table(found, facts, options))
    return int(any(one.rate < TARGETS.get(name, 0) for name, one in found.items()))


if __name__ == "__main__":
    sys.exit(main())

"""Fills a database for measurements, each step in a process of its own."""

import json
import subprocess
import sys
import time

from bench.databases import Database, Maker
from bench.rows import Row
from scripts.bootstrap import ROOT


def say(text: str) -> None:
    """Print how far the preparation is."""
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def command(database: Database, *arguments: str) -> None:
    """Run Python with ``arguments`` in the database."""
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=database.environment(),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def step(database: Database, name: str, number: int, only: str = "") -> Row:
    """One step in a fresh process, as a web server would have just started."""
    result = database.folder / f"{name}.json"
    say(f"{database.vendor}: {name} ({number})")
    arguments = ("--number", str(number), "--result", str(result), "--only", only)
    command(database, "-m", "bench.work", name, *arguments)
    return json.loads(result.read_text())


def build_demo(database: Database) -> float:
    """What ``make demo`` does after the installation; gives the seconds."""
    say(f"{database.vendor}: demo")
    started = time.perf_counter()
    command(database, "manage.py", "migrate", "--verbosity=0")
    command(database, "manage.py", "build_demo")
    return time.perf_counter() - started


def fill(make: Maker, pages: int) -> tuple[Database, dict[str, float]]:
    """A database with many pages, and how many seconds each part took."""
    database = make("full")
    build_demo(database)
    return database, step(database, "generate", pages)["seconds"]

"""``python -m bench``: measure, and print the tables. Exit code 1 when a limit is missed.

SQLite always; PostgreSQL where DATABASE_URL names a server or one is installed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import databases, machine, report
from bench.databases import Database
from bench.report import Run
from scripts.bootstrap import ROOT

#: Above this load other programs take the processor away.
MAX_LOAD = 1.5


def _say(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def _command(database: Database, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=database.environment(),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _step(database: Database, step: str, number: int) -> dict[str, Any]:
    """One step in a fresh process, as a web server would have just started."""
    result = database.folder / f"{step}.json"
    _say(f"{database.name}: {step} ({number})")
    arguments = ("--number", str(number), "--result", str(result))
    _command(database, "-m", "bench.work", step, *arguments)
    return json.loads(result.read_text())


def _run(database: Database, options: argparse.Namespace) -> Run:
    """Everything on one database: the demo's pages, then many more, then publishing."""
    run = Run(database.name)
    _say(f"{database.name}: demo")
    started = time.perf_counter()
    _command(database, "manage.py", "migrate", "--verbosity=0")
    _command(database, "manage.py", "build_demo")
    run.build_seconds = time.perf_counter() - started
    demo = _step(database, "pages", options.requests)
    run.version = demo["database"]
    run.tables.append((f"Demo content, {demo['facts']['pages']} pages", demo["rows"]))
    made = _step(database, "generate", options.pages)
    many = _step(database, "pages", options.requests)
    facts = many["facts"]
    title = f"{facts['pages']:,} pages ({facts['live']:,} live) in {facts['houses']} houses"
    run.tables.append((title, many["rows"]))
    published = _step(database, "publish", options.publications)
    run.tables.append((f"Publishing one of {facts['pages']:,} pages", published["rows"]))
    seconds = made["seconds"]
    run.notes.append(
        f"Generated in {seconds['houses'] + seconds['pages']:.0f} s; "
        f"all search entries written in {seconds['sync']:.0f} s."
    )
    return run


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument("--requests", type=int, default=60, help="of each kind of page")
    parser.add_argument("--publications", type=int, default=30, help="of each kind")
    parser.add_argument("--database", choices=("sqlite", "postgres", "all"), default="all")
    parser.add_argument("--force", action="store_true", help="measure on a busy machine too")
    parser.add_argument("--output", type=Path, help="write the tables to this file as well")
    return parser.parse_args()


def main() -> int:
    """Measure as the command line says; gives the exit code."""
    options = _options()
    with_postgres = options.database != "sqlite"
    if with_postgres and not databases.postgres_server() and databases.can_start_postgres():
        command = [sys.executable, "-m", "bench", *sys.argv[1:]]
        return databases.again_with_postgres(command)
    load = machine.load()
    if load > MAX_LOAD:
        _say(f"Other programs are running (load {load:.2f}): the times will be too long.")
        if not options.force:
            _say("Wait until it is quiet, or measure nevertheless with --force.")
            return 2
    facts, runs = machine.facts(), []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="haeuser-bench-")))
        places = []
        if options.database != "postgres":
            places.append(stack.enter_context(databases.sqlite(folder / "sqlite")))
        if with_postgres and (server := databases.postgres_server()):
            places.append(stack.enter_context(databases.postgres(folder / "postgres", server)))
        elif with_postgres:
            _say("No PostgreSQL: name a server by DATABASE_URL, or install one.")
        for place in places:
            place.folder.mkdir()
            runs.append(_run(place, options))
    text = report.markdown(facts, runs)
    print(text)
    if options.output:
        options.output.write_text(text)
    return 1 if report.is_over(runs) else 0


if __name__ == "__main__":
    sys.exit(main())

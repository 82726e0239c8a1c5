"""``python -m bench``: measure, and print the tables. Exit code 1 when a limit is missed.

SQLite always; PostgreSQL where DATABASE_URL names a server or one is installed. First all
databases are filled; then, when the machine is quiet, everything is measured.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import databases, machine, report
from bench.databases import Database, Maker
from bench.prepare import build_demo, fill, say, step
from bench.report import Run


def _prepare(make: Maker, options: argparse.Namespace) -> tuple[Database, Run]:
    """A database with many pages."""
    database, seconds = fill(make, options.pages)
    run = Run(database.vendor)
    run.notes.append(
        f"Pages generated in {seconds['houses'] + seconds['pages']:.0f} s, all search entries "
        f"written in {seconds['sync']:.0f} s (not on a quiet machine)."
    )
    return database, run


def _measure(make: Maker, full: Database, run: Run, options: argparse.Namespace) -> None:
    """Building the demo, its pages, many more pages, and publishing one of them."""
    small = make("demo")
    run.build_seconds = build_demo(small)
    demo = step(small, "pages", options.requests)
    run.version = demo["database"]
    run.tables.append((f"Demo content: {demo['facts']['pages']} pages", demo["rows"]))
    many = step(full, "pages", options.requests)
    facts = many["facts"]
    title = f"{facts['pages']:,} pages ({facts['live']:,} live) in {facts['houses']} houses"
    run.tables.append((title, many["rows"]))
    published = step(full, "publish", options.publications)
    run.tables.append((f"Publishing one of {facts['pages']:,} pages", published["rows"]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument("--requests", type=int, default=60, help="of each kind of page")
    parser.add_argument("--publications", type=int, default=30, help="of each kind")
    parser.add_argument("--database", choices=("sqlite", "postgres", "all"), default="all")
    parser.add_argument("--wait", type=int, default=3, help="minutes, until the machine is quiet")
    parser.add_argument("--force", action="store_true", help="measure on a busy machine too")
    parser.add_argument("--keep", action="store_true", help="leave the databases, to profile")
    parser.add_argument("--output", type=Path, help="write the tables to this file as well")
    return parser.parse_args()


def main() -> int:
    """Measure as the command line says; gives the exit code."""
    options = _options()
    with_postgres = options.database != "sqlite"
    if with_postgres and not databases.postgres_server() and databases.can_start_postgres():
        command = [sys.executable, "-m", "bench", *sys.argv[1:]]
        return databases.again_with_postgres(command)
    with ExitStack() as stack:
        if options.keep:
            folder = Path(tempfile.mkdtemp(prefix="haeuser-bench-"))
            say(f"The databases stay: {folder}")
        else:
            temporary = tempfile.TemporaryDirectory(prefix="haeuser-bench-")
            folder = Path(stack.enter_context(temporary))
        makers: list[Maker] = []
        if options.database != "postgres":
            makers.append(stack.enter_context(databases.sqlite(folder)))
        if with_postgres and (server := databases.postgres_server()):
            makers.append(
                stack.enter_context(databases.postgres(folder, server, keep=options.keep))
            )
        elif with_postgres:
            say("No PostgreSQL: name a server by DATABASE_URL, or install one.")
        prepared = [(make, *_prepare(make, options)) for make in makers]
        say(f"Waiting for a quiet machine (load {machine.load():.2f})")
        if not machine.is_quiet(options.wait):
            say("Other programs are running: the times would be too long.")
            if not options.force:
                say("Try again when it is quiet, with --wait, or nevertheless with --force.")
                return 2
        facts = machine.facts()
        for make, full, run in prepared:
            _measure(make, full, run, options)
    runs = [run for _make, _full, run in prepared]
    text = report.markdown(facts, runs)
    print(text)
    if options.output:
        options.output.write_text(text)
    return 1 if report.is_over(runs) else 0


if __name__ == "__main__":
    sys.exit(main())

"""``python -m bench.relevance``: what the search finds for judged queries, as tables.

Plain Wagtail database search and ours, on SQLite and, where DATABASE_URL names a server or one is
installed, on PostgreSQL. Tune with the half ``tune``; look at ``test`` when a change is finished.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import databases
from bench.databases import Database
from bench.prepare import build_demo, command, say


def _measure(database: Database, options: argparse.Namespace, *, built: bool) -> str:
    if not built:
        build_demo(database)
    result = database.folder / "relevance.md"
    say(f"{database.vendor}: relevance")
    arguments = ["--half", options.half, "--result", str(result)]
    if options.details:
        arguments.append("--details")
    command(database, "-m", "bench.relevance.measure", *arguments)
    return f"## {database.vendor}\n\n{result.read_text()}"


def main() -> int:
    """Build the databases, measure as the command line says; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.relevance", description=__doc__)
    parser.add_argument("--half", choices=("tune", "test", "both"), default="tune")
    parser.add_argument("--database", choices=("sqlite", "postgres", "all"), default="all")
    parser.add_argument(
        "--folder", type=Path, help="keep the SQLite database here, and use it again"
    )
    parser.add_argument("--details", action="store_true", help="a line for every query")
    options = parser.parse_args()
    with_postgres = options.database != "sqlite"
    if with_postgres and not databases.postgres_server() and databases.can_start_postgres():
        again = [sys.executable, "-m", "bench.relevance", *sys.argv[1:]]
        return databases.again_with_postgres(again)
    with ExitStack() as stack:
        temporary = stack.enter_context(tempfile.TemporaryDirectory(prefix="haeuser-relevance-"))
        folder = options.folder or Path(temporary)
        if options.database != "postgres":
            place = folder / "sqlite-bench"
            built = (place / "bench.sqlite3").exists()
            place.mkdir(parents=True, exist_ok=True)
            database = Database("SQLite", f"sqlite:///{place / 'bench.sqlite3'}", place)
            print(_measure(database, options, built=built))
        if with_postgres and (server := databases.postgres_server()):
            make = stack.enter_context(databases.postgres(Path(temporary), server, keep=False))
            print(_measure(make("relevance"), options, built=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())

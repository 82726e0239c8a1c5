"""``python -m bench.admin``: the admin with many houses. Exit code 1 when a limit is missed.

On PostgreSQL: the server that DATABASE_URL names, or a private one. Two databases are filled, one
with few houses and one with many; then every view is asked in both.
"""

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import databases, machine
from bench.admin.report import AdminRun, is_over, markdown
from bench.databases import Database, Maker
from bench.prepare import build_demo, command, say, step
from bench.rows import Row

_FILLED = "filled.json"


def fill(database: Database, regions: int, pages: int, people: int) -> Row:
    """A site of so many houses; gives what provisioning took."""
    build_demo(database)
    provisioned = step(database, "houses", regions)
    step(database, "people", people)
    step(database, "house-pages", pages)
    step(database, "work", 0)
    command(database, "manage.py", "update_index", "--verbosity=0")
    step(database, "settle", 0)
    return provisioned


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.admin", description=__doc__)
    parser.add_argument("--regions", type=int, default=400, help="houses (default: %(default)s)")
    parser.add_argument("--pages", type=int, default=40_000, help="(default: %(default)s)")
    parser.add_argument("--people", type=int, default=1500, help="accounts (default: %(default)s)")
    parser.add_argument("--few", type=int, default=40, help="houses to compare with")
    parser.add_argument("--requests", type=int, default=24, help="of each view and role")
    parser.add_argument("--only", default="", help="views with this in their name")
    parser.add_argument("--wait", type=int, default=3, help="minutes, until the machine is quiet")
    parser.add_argument("--force", action="store_true", help="measure on a busy machine too")
    parser.add_argument(
        "--folder", type=Path, help="keep the databases, named after this folder, or reuse them"
    )
    parser.add_argument("--output", type=Path, help="write the table to this file as well")
    return parser.parse_args()


def _make(stack: ExitStack, options: argparse.Namespace) -> Maker:
    server = databases.postgres_server()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        return databases.lasting(options.folder, server)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="haeuser-bench-")))
    return stack.enter_context(databases.postgres(folder, server, keep=False))


def _filled(make: Maker, regions: int, options: argparse.Namespace) -> tuple[Database, dict]:
    """A filled database, new or as it was left, and what provisioning took."""
    database = make(f"admin{regions}")
    known = database.folder / _FILLED
    if not known.exists():
        share = regions / options.regions
        numbers = (int(options.pages * share), int(options.people * share))
        known.write_text(json.dumps(fill(database, regions, *numbers)))
    return database, json.loads(known.read_text())


def main() -> int:
    """Measure as the command line says; gives the exit code."""
    options = _options()
    if not databases.postgres_server():
        if not databases.can_start_postgres() or options.folder:
            say("No PostgreSQL: name a server by DATABASE_URL, or install one.")
            return 2
        return databases.again_with_postgres([sys.executable, "-m", "bench.admin", *sys.argv[1:]])
    with ExitStack() as stack:
        make = _make(stack, options)
        small, _provisioned = _filled(make, options.few, options)
        large, provisioned = _filled(make, options.regions, options)
        say(f"Waiting for a quiet machine (load {machine.load():.2f})")
        if not machine.is_quiet(options.wait) and not options.force:
            say("Other programs are running: try again when it is quiet, or with --force.")
            return 2
        facts = machine.facts()
        few = step(small, "admin", 4, options.only)
        many = step(large, "admin", options.requests, options.only)
    run = AdminRun(
        few=few["rows"],
        many=many["rows"],
        facts=(few["facts"], many["facts"]),
        version=many["database"],
        provisioned=int(provisioned["houses"]),
        seconds=provisioned["provisioning"],
    )
    text = markdown(facts, run)
    print(text)
    if options.output:
        options.output.write_text(text)
    return int(is_over(run))


if __name__ == "__main__":
    sys.exit(main())

"""``python -m bench pages|publish|load|…``: measure, and print the tables.

Databases are made and filled first. Exit code 1 when a limit is missed.

pages: every public page type and list.
publish: from the last approval until visitors find the page.
load: pages a second of some server processes, on PostgreSQL.
deployment: what visitors notice while a new version takes over, on PostgreSQL.
kills: what is there twice, missing or late when processes are ended, on PostgreSQL.
outage: what visitors get while PostgreSQL stands still, and after.
admin: the views of the admin with few houses and with many, on PostgreSQL.
relevance: what the search finds for judged queries (bench/relevance/README.md).
search: searches in the database over generated entries, by kind of what is typed.
nodes: what is lost when nodes of Elasticsearch are killed, and what visitors get, on PostgreSQL.
elasticsearch: searches on the server that ELASTICSEARCH_URL names, beside those in the database.
checks: organisations fill in self-checks while everything breaks; what is lost, on PostgreSQL.
junk: 10,000 junk submissions of self-checks; what is stored, and whether people are served.
stored-checks: pages of self-checks and their figures while 100,000 checks are stored.
profiles: what made-up organisations are suggested by the results of their self-checks.
funding: the finder with thousands of programmes.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import checks, deployment, kills, load, nodes, outage, report
from bench.databases import POSTGRES, SERVER, SQLITE, Database, opened
from bench.report import Row

#: Seconds that building the demo, and provisioning all houses, may take.
MAX_BUILD, MAX_PROVISIONING = 60, 300
#: A second page of a list may cost a query or two more; one for each house would be hundreds.
GROWTH = 2
#: Generated for a search that is measured.
ENTRIES = 20_000
#: Houses, pages and accounts of a database that is filled.
SIZE, ADMIN_SIZE = (50, 10_000, 150), (400, 40_000, 1500)


def _fill(database: Database, options: argparse.Namespace, share: float = 1) -> Row:
    """A site of the size that was asked for, once; gives what provisioning took."""
    is_admin = options.what == "admin"
    given = (options.houses, options.pages, options.people)
    size = zip(given, ADMIN_SIZE if is_admin else SIZE, strict=True)
    database.build_demo()
    numbers = [int((usual if asked is None else asked) * share) for asked, usual in size]
    return database.step("bench.fill:fill", *numbers, not is_admin, once=True)


def _title(database: Database) -> str:
    facts = database.step("bench.fill:facts")
    held = ", ".join(f"{number:,} {what}" for what, number in facts.items())
    return f"{database.vendor}: {held}"


def _seconds(what: str, seconds: float, most: int) -> Iterator[str]:
    yield from ("", f"{what} in {seconds:.1f} s: {report.verdict(seconds > most and 'time')}.")


def _measured(database: Database, function: str, requests: int) -> Iterator[str]:
    found = database.step(function, requests)
    yield from report.table(_title(database), found)


def _pages(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """With the demo alone, then with all."""
    yield from _seconds("Demo built", database.build_demo(), MAX_BUILD)
    yield from _measured(database, "bench.pages:measure", options.requests)
    if options.pages != 0:
        _fill(database, options)
        yield from _measured(database, "bench.pages:measure", options.requests)


def _publish(database: Database, options: argparse.Namespace) -> Iterator[str]:
    _fill(database, options)
    yield from _measured(database, "bench.publish:measure", options.requests)


def _load(database: Database, options: argparse.Namespace) -> Iterator[str]:
    _fill(database, options)
    asked = (options.processes, options.connections, options.seconds)
    yield from report.table(_title(database), load.measure(database, *asked))


def _admin(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """With a tenth of everything, then with all."""
    with opened(database.vendor, "few", options.folder) as small:
        _fill(small, options, 0.1)
        few, before = small.step("bench.admin:measure", 4, options.only), _title(small)
    provisioned = _fill(database, options)
    what = f"{provisioned['houses']} houses provisioned"
    yield from _seconds(what, provisioned["seconds"], MAX_PROVISIONING)
    many = database.step("bench.admin:measure", options.requests, options.only)
    for less, row in zip(few, many, strict=True):
        row["before"] = less["queries"]
        if row["queries"] > less["queries"] + GROWTH:
            row["verdict"] = report.verdict("growth")
    yield from report.table(f"{_title(database)}; before: {before}", many)


def _relevance(database: Database, options: argparse.Namespace) -> Iterator[str]:
    database.build_demo()
    ids = database.step("bench.relevance.collection:write_pages", once=True)
    found = database.step("bench.relevance.measure:measure", options.half, ids)
    yield from report.table(database.vendor, found["kinds"])
    if options.details:
        yield from report.table("Every query", found["queries"])


def _elasticsearch(database: Database, options: argparse.Namespace) -> Iterator[str]:
    database.build_demo()
    number = database.step("bench.entries:fill", options.pages or ENTRIES)
    found = database.step("bench.elasticsearch:measure", options.requests)
    yield from report.table(f"{database.vendor}: {number:,} entries", found)


def _search(database: Database, options: argparse.Namespace) -> Iterator[str]:
    database.build_demo()
    number = database.step("bench.entries:fill", options.pages or ENTRIES)
    found = database.step("bench.search:measure", options.requests)
    yield from report.table(f"{database.vendor}: {number:,} entries", found)


def _funding(database: Database, options: argparse.Namespace) -> Iterator[str]:
    database.build_demo()
    database.step("bench.funding:fill", options.programmes, once=True)
    title = f"{database.vendor}: {options.programmes:,} programmes"
    found = database.step("bench.funding:measure", options.requests)
    yield from report.table(title, found)


def _deployment(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """Of the demo alone."""
    database.build_demo()
    found = deployment.measure(database, options.processes, options.connections)
    yield from report.table(_title(database), found)


def _kills(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """In a database without content."""
    database.command("manage.py", "migrate", "--verbosity=0")
    yield from report.table("Mails while periodic work is ended", kills.measure(database, 60, 3))
    yield from report.table("Tasks", kills.measure_worker(database))


def _outage(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """Of the demo alone."""
    database.build_demo()
    yield from report.table(_title(database), outage.measure(database, options.processes))


def _nodes(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """Of the demo alone."""
    database.build_demo()
    yield from report.table(_title(database), nodes.measure(database, options.processes))


def _checks(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """Of the demo alone."""
    database.build_demo()
    found = checks.measure(database, options.processes, options.organisations)
    yield from report.table(_title(database), found)


def _junk(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """Of the demo alone."""
    database.build_demo()
    yield from report.table(_title(database), database.step("bench.junk:measure", 2500))


def _stored_checks(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """The demo and very many filled-in checks."""
    database.build_demo()
    stored = database.step("bench.stored_checks:fill", options.stored, once=True)
    found = database.step("bench.stored_checks:measure", options.requests)
    yield from report.table(f"{database.vendor}: {stored:,} checks", found)


def _profiles(database: Database, options: argparse.Namespace) -> Iterator[str]:
    """Fifty organisations and the demo."""
    database.build_demo()
    yield from report.table(_title(database), database.step("bench.profiles:measure", 25))


MEASUREMENTS = {
    "funding": _funding,
    "pages": _pages,
    "publish": _publish,
    "load": _load,
    "admin": _admin,
    "relevance": _relevance,
    "elasticsearch": _elasticsearch,
    "search": _search,
    "deployment": _deployment,
    "kills": _kills,
    "outage": _outage,
    "nodes": _nodes,
    "checks": _checks,
    "junk": _junk,
    "stored-checks": _stored_checks,
    "profiles": _profiles,
}
#: Sets of judged queries.
HALVES = ("tune", "test", "fresh", "final")
#: Only with the database of production.
ON_POSTGRES = ("load", "admin", "deployment", "kills", "outage", "nodes", "checks")


def _options() -> argparse.Namespace:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("bench", description=__doc__, formatter_class=formatter)
    parser.add_argument("what", choices=MEASUREMENTS)
    parser.add_argument("--houses", type=int, help="how many (50; admin: 400)")
    parser.add_argument("--pages", type=int, help="how many (10,000; admin: 40,000; 0: the demo)")
    parser.add_argument("--programmes", type=int, default=5000, help="funding: how many")
    parser.add_argument("--people", type=int, help="accounts (150; admin: 1,500)")
    parser.add_argument("--requests", type=int, default=30, help="of each kind of page or view")
    parser.add_argument("--only", default="", help="admin: views with this in their name")
    parser.add_argument("--processes", type=int, default=2, help="load: of the server")
    parser.add_argument("--connections", type=int, default=8, help="load: at a time")
    parser.add_argument("--seconds", type=int, default=10, help="load: of each kind of page")
    parser.add_argument("--organisations", type=int, default=200, help="checks: how many")
    parser.add_argument("--stored", type=int, default=100_000, help="stored-checks: how many")
    parser.add_argument("--half", choices=HALVES, default="tune", help="relevance")
    parser.add_argument("--details", action="store_true", help="relevance: every query")
    parser.add_argument("--database", choices=(SQLITE, POSTGRES), help="only on this one")
    parser.add_argument(
        "--folder", type=Path, help="keep the databases, named after this folder, or reuse them"
    )
    return parser.parse_args()


def main() -> int:
    """Measure as the command line says; gives the exit code."""
    options = _options()
    able = [SQLITE, POSTGRES] if SERVER.startswith("postgres") else [SQLITE]
    wanted = {POSTGRES} if options.what in ON_POSTGRES else {options.database or SQLITE}
    if not options.database:
        wanted.add(POSTGRES)
    vendors = [vendor for vendor in able if vendor in wanted]
    if not vendors:
        raise SystemExit("Needs PostgreSQL: name a server by DATABASE_URL (.ci/with-postgres.sh).")
    print(report.machine())
    over = False
    for vendor in vendors:
        with opened(vendor, options.what, options.folder) as database:
            for line in MEASUREMENTS[options.what](database, options):
                print(line, flush=True)
                over = over or "**over" in line
    return int(over)


if __name__ == "__main__":
    sys.exit(main())

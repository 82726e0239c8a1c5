"""The tables: what was measured beside what is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.rows import Row

#: Limits in milliseconds for the 95th percentile, by kind of page and database.
LIMITS = {
    ("detail", "SQLite"): 40,
    ("detail", "PostgreSQL"): 40,
    ("list", "SQLite"): 250,
    ("list", "PostgreSQL"): 150,
    # The first list after a change reads what has changed: more queries, the same time.
    ("after", "SQLite"): 250,
    ("after", "PostgreSQL"): 150,
    ("publish", "SQLite"): 300,
    ("publish", "PostgreSQL"): 300,
}
MAX_QUERIES = 12
MAX_BUILD_SECONDS = 60


@dataclass
class Run:
    """All results on one database.

    Args:
        database: ``SQLite`` or ``PostgreSQL``.
        version: with its version.
        build_seconds: migrating and building the demo.
        tables: title and rows of each table.
        notes: what else is worth knowing.
    """

    database: str
    version: str = ""
    build_seconds: float = 0.0
    tables: list[tuple[str, list[Row]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def verdict(row: Row, database: str) -> str:
    """``ok`` or what is over; the publication itself may ask more than twelve questions."""
    limit = LIMITS.get((row["limit"], database))
    over = []
    if limit and row["p95"] > limit:
        over.append("time")
    if row["limit"] in ("detail", "list") and row["queries"] > MAX_QUERIES:
        over.append("queries")
    if limit is None:
        return "–"
    return f"**over: {', '.join(over)}**" if over else "ok"


_COLUMNS = {
    "": "---",
    "n": "---:",
    "median ms": "---:",
    "p95 ms": "---:",
    "limit ms": "---:",
    "slowest": "---:",
    "after a change": "---:",
    "Python": "---:",
    "queries": "---:",
    "cold": "---:",
    "HTML KB": "---:",
    "verdict": "---",
}


def _table(rows: Iterable[Row], database: str) -> Iterable[str]:
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"| {' | '.join(_COLUMNS.values())} |"
    for row in rows:
        cells = [
            row["name"],
            row["requests"],
            f"{row['median']:.1f}",
            f"{row['p95']:.1f}",
            LIMITS.get((row["limit"], database), "–"),
            f"{row['slowest']:.0f}",
            f"{row['changed']:.1f}" if row["changed"] else "–",
            f"{row['processor']:.1f}",
            row["queries"],
            row["cold_queries"],
            f"{row['kilobytes']:.0f}" if row["kilobytes"] else "–",
            verdict(row, database),
        ]
        yield f"| {' | '.join(map(str, cells))} |"


def markdown(machine: dict[str, str], runs: Iterable[Run]) -> str:
    """All tables as Markdown."""
    lines = ["Machine: " + ", ".join(f"{name} {value}" for name, value in machine.items()) + "."]
    for run in runs:
        built = "ok" if run.build_seconds <= MAX_BUILD_SECONDS else "**over**"
        lines += ["", f"## {run.version}", ""]
        lines.append(
            f"Demo built (migrations and content): {run.build_seconds:.1f} s, "
            f"limit {MAX_BUILD_SECONDS} s: {built}."
        )
        for title, rows in run.tables:
            lines += ["", f"### {title}", "", *_table(rows, run.database)]
        lines += ["", *run.notes]
    return "\n".join(lines) + "\n"


def is_over(runs: Iterable[Run]) -> bool:
    """Whether any limit is missed."""
    return any(
        run.build_seconds > MAX_BUILD_SECONDS
        or any("over" in verdict(row, run.database) for _title, rows in run.tables for row in rows)
        for run in runs
    )

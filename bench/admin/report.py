"""The table of the admin: queries and times beside the limits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bench.rows import Row

#: Limits at 400 houses: queries and milliseconds of a view, seconds of provisioning all.
MOST_QUERIES = 40
MOST_MILLISECONDS = 800
MOST_PROVISIONING = 300
#: A second page of a list may cost a question or two more; one for each house would be hundreds.
GROWTH = 2

_HEAD = (
    "| view | role | queries, {few} houses | queries, {many} houses | median ms | p95 ms "
    "| slowest | Python | HTML KB | verdict |"
)
_RULE = "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"


@dataclass
class AdminRun:
    """What was measured.

    Args:
        few: rows of the database with few houses, for the number of queries.
        many: rows of the database with many.
        facts: how much the two databases hold, the smaller first.
        version: of the database server.
        provisioned: how many houses were provisioned; 0 when the database was there already.
        seconds: how long that took.
    """

    few: list[Row]
    many: list[Row]
    facts: tuple[dict[str, int], dict[str, int]]
    version: str
    provisioned: int = 0
    seconds: float = 0.0


def misses(row: Row, few: int) -> list[str]:
    """What is over its limit; ``few`` are the queries with few houses."""
    over = []
    if "queries" in row["limits"] and row["queries"] > MOST_QUERIES:
        over.append("queries")
    if "time" in row["limits"] and row["p95"] > MOST_MILLISECONDS:
        over.append("time")
    if row["limits"] and row["queries"] > few + GROWTH:
        over.append("grows")
    return over


def _few(run: AdminRun) -> dict[tuple[str, str], int]:
    return {(row["name"], row["role"]): row["queries"] for row in run.few}


def _rows(run: AdminRun) -> Iterator[str]:
    few = _few(run)
    for row in run.many:
        before = few[row["name"], row["role"]]
        over = misses(row, before)
        verdict = f"**over: {', '.join(over)}**" if over else ("ok" if row["limits"] else "–")
        cells = [
            row["name"],
            row["role"],
            before,
            row["queries"],
            f"{row['median']:.0f}",
            f"{row['p95']:.0f}",
            f"{row['slowest']:.0f}",
            f"{row['processor']:.0f}",
            f"{row['kilobytes']:.0f}",
            verdict,
        ]
        yield f"| {' | '.join(map(str, cells))} |"


def markdown(machine: dict[str, str], run: AdminRun) -> str:
    """The whole report of the admin as Markdown, for docs/reference/measures.md."""
    small, large = run.facts
    lines = [
        "Machine: " + ", ".join(f"{name} {value}" for name, value in machine.items()) + ".",
        "",
        f"{run.version}; {large['regions']} houses, {large['pages']:,} pages, "
        f"{large['accounts']:,} accounts, {large['log']:,} lines in the log, {large['images']:,} "
        f"pictures, {large['reviews']:,} open reviews. Beside it {small['regions']} houses with "
        f"{small['pages']:,} pages.",
    ]
    if run.provisioned:
        verdict = "ok" if run.seconds <= MOST_PROVISIONING else "**over**"
        lines += [
            "",
            f"{run.provisioned} houses provisioned in {run.seconds:.0f} s "
            f"(limit {MOST_PROVISIONING} s): {verdict}.",
        ]
    head = _HEAD.format(few=small["regions"], many=large["regions"])
    return "\n".join([*lines, "", head, _RULE, *_rows(run)]) + "\n"


def is_over(run: AdminRun) -> bool:
    """Whether any limit is missed."""
    few = _few(run)
    views: Iterable[bool] = (bool(misses(row, few[row["name"], row["role"]])) for row in run.many)
    return run.seconds > MOST_PROVISIONING or any(views)

"""Which cells of a table are published (cell suppression): pure, without database.

A table has a row for each scope: the regions, and the checks without a region. Its columns are the
answers to one question, and every check is counted in one cell. Besides the regions' rows the
nation's is published, the sum over all scopes.

A cell below :data:`K` is hidden (primary suppression). Totals would reveal it, so others are hidden
with it (complementary suppression):

- What is hidden of a row adds up to K at least, in two cells at least. What the row's total leaves
  tells then of no single cell.
- Scopes whose row is not published, always the one without a region, form the *pool*. Whoever takes
  the regions from the nation learns at most the sums of the pool and what regions hide. The nation
  shows a cell only where the pool's row, under the rule for any row, would show it: so every
  difference contains K checks at least that may be anywhere in it.

It follows that each hidden cell may be K or larger as far as the published figures tell; the tests
look for the contrary by moving checks between cells (residual network of the published sums).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: The smallest number that is published.
K = 5

Scope = int | None
"""A region's key; ``None`` for checks without a region."""
Row = list[int | None]
"""The cells of a scope in the order of the columns; ``None`` where one is hidden."""


@dataclass(frozen=True)
class Totals:
    """How many took part in a check.

    Args:
        by_scope: of the regions that may be published.
        nation: of all scopes, or ``None`` if it is hidden.
    """

    by_scope: Mapping[int, int]
    nation: int | None


@dataclass(frozen=True)
class Published:
    """What of a table is published: regions without a shown cell are left out."""

    by_scope: Mapping[int, Row] = field(default_factory=dict)
    nation: Row | None = None


def publish_totals(totals: Mapping[Scope, int]) -> Totals:
    """Hide small totals of regions, and the nation's where the others would reveal them."""
    by_scope = {scope: total for scope, total in totals.items() if scope is not None and total >= K}
    pooled = sum(total for scope, total in totals.items() if scope not in by_scope)
    return Totals(by_scope, sum(totals.values()) if pooled >= K else None)


def publish(
    counts: Mapping[Scope, Sequence[int]], totals: Totals, give_way: Sequence[int] = ()
) -> Published:
    """The cells of a table that can be published.

    Args:
        counts: the cells of all scopes, in the same columns.
        totals: what :func:`publish_totals` gave for the same checks.
        give_way: columns to hide first where a cell must be hidden with another; the smallest
            of the others follow.
    """
    by_scope = {scope: hide_small(counts[scope], give_way) for scope in totals.by_scope}
    by_scope = {scope: row for scope, row in by_scope.items() if _shows_any(row)}
    if totals.nation is None:
        return Published(by_scope)
    pool = [cells for scope, cells in counts.items() if scope not in by_scope]
    pooled = hide_small([sum(column) for column in zip(*pool, strict=True)], give_way)
    sums = (sum(column) for column in zip(*counts.values(), strict=True))
    nation = [
        total if shown is not None else None for total, shown in zip(sums, pooled, strict=True)
    ]
    return Published(by_scope, nation if _shows_any(nation) else None)


def hide_small(cells: Sequence[int], give_way: Sequence[int] = ()) -> Row:
    """The cells of one row whose total is known; see :func:`publish`."""
    hidden = {column for column, cell in enumerate(cells) if cell < K}
    by_size = sorted(range(len(cells)), key=lambda column: cells[column])
    for column in (*give_way, *by_size):
        if _is_blurred([cells[number] for number in hidden]):
            break
        hidden.add(column)
    if not _is_blurred([cells[number] for number in hidden]):
        return [None] * len(cells)
    return [None if column in hidden else cell for column, cell in enumerate(cells)]


def _is_blurred(hidden: Sequence[int]) -> bool:
    """Whether the difference to the total tells nothing of a single hidden cell."""
    return not hidden or (len(hidden) > 1 and sum(hidden) >= K)


def _shows_any(row: Row) -> bool:
    return any(cell is not None for cell in row)

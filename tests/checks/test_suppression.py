"""Published figures reveal no cell below k, however they are added and subtracted."""

import random
from collections import deque
from collections.abc import Iterator

import pytest

from checks.statistics import suppression
from checks.statistics.suppression import K, Published, Scope, Totals, publish, publish_totals

WORLDS = 300
FREE = 10**9
#: Scopes and columns whose totals nobody knows.
SCOPES, COLUMNS = ("scopes", None), ("columns", None)

Node = tuple[str, int | None]
Counts = dict[Scope, list[int]]


class Attacker:
    """Knows all sums that are published, and that no cell is negative.

    What is hidden is a flow from scopes to columns, and what is known its conservation. A hidden
    cell may be larger than it is if more can flow through it in a circle (residual network).
    """

    def __init__(self, counts: Counts, totals: Totals, published: Published) -> None:
        self.room: dict[Node, dict[Node, int]] = {}
        columns = range(len(counts[None]))
        nation = published.nation or [None] * len(columns)
        rows = {scope: published.by_scope.get(scope) or [None] * len(columns) for scope in counts}
        self.hidden = [(s, c) for s in counts for c in columns if rows[s][c] is None]
        for scope, column in self.hidden:
            self._flow(("scope", scope), ("column", column), counts[scope][column])
        for scope in counts.keys() - totals.by_scope.keys():
            self._flow(SCOPES, ("scope", scope), sum(counts[scope]))
        for column in columns:
            if nation[column] is None:
                rest = sum(counts[s][c] for s, c in self.hidden if c == column)
                self._flow(("column", column), COLUMNS, rest)
        if totals.nation is None:
            self._flow(COLUMNS, SCOPES, FREE)

    def _flow(self, start: Node, end: Node, flow: int) -> None:
        """There is always room for more, and for less until nothing flows."""
        self.room.setdefault(start, {})[end] = FREE
        self.room.setdefault(end, {})[start] = flow

    def may_be(self, start: Node, end: Node, size: int) -> bool:
        """Whether as much may flow from ``start`` to ``end``, for all that is known."""
        del self.room[start][end]
        flow = self.room[end].pop(start)
        while flow < size and (path := self._path(end, start)):
            more = min(size - flow, *(self.room[a][b] for a, b in path))
            for a, b in path:
                self.room[a][b] -= more
                self.room[b][a] += more
            flow += more
        self._flow(start, end, flow)
        return flow >= size

    def _path(self, start: Node, end: Node) -> list[tuple[Node, Node]]:
        came = {start: start}
        waiting = deque([start])
        while waiting and end not in came:
            node = waiting.popleft()
            for other, room in self.room[node].items():
                if room > 0 and other not in came:
                    came[other] = node
                    waiting.append(other)
        path = []
        while end in came and end != start:
            path.append((came[end], end))
            end = came[end]
        return path

    def reveals(self) -> Iterator[tuple[Scope, int]]:
        """Hidden cells that are below k, whatever is assumed."""
        for scope, column in self.hidden:
            if not self.may_be(("scope", scope), ("column", column), K):
                yield scope, column


def worlds() -> Iterator[tuple[Counts, tuple[int, ...]]]:
    """Answers of a few regions of very different size, most cells of them small or empty."""
    chance = random.Random(5)
    for _number in range(WORLDS):
        columns = chance.randint(2, 5)
        counts: Counts = {}
        for scope in (None, *range(1, chance.randint(2, 5))):
            most = chance.choice((0, 2, 6, 12, 40))
            counts[scope] = [
                chance.randint(0, most) * chance.choice((0, 1, 1)) for _column in range(columns)
            ]
        yield counts, tuple(chance.sample(range(columns), chance.randint(0, columns)))


def test_no_world_reveals_a_cell_below_k():
    for counts, give_way in worlds():
        totals = publish_totals({scope: sum(cells) for scope, cells in counts.items()})
        published = publish(counts, totals, give_way)
        found = list(Attacker(counts, totals, published).reveals())
        assert not found, (counts, published)


def test_no_difference_of_published_figures_is_below_k():
    """Total minus cells, nation minus regions, question by question."""
    for counts, give_way in worlds():
        totals = publish_totals({scope: sum(cells) for scope, cells in counts.items()})
        published = publish(counts, totals, give_way)
        rows = [*((totals.by_scope[s], row) for s, row in published.by_scope.items())]
        if published.nation:
            rows.append((totals.nation, published.nation))
        for total, row in rows:
            shown = [cell for cell in row if cell is not None]
            assert min(shown) >= K
            assert len(shown) == len(row) or total - sum(shown) >= K
        if totals.nation is not None:
            assert totals.nation - sum(totals.by_scope.values()) >= K
        for column, cell in enumerate(published.nation or []):
            if cell is not None:
                regions = (row[column] or 0 for row in published.by_scope.values())
                assert cell - sum(regions) >= K


def test_most_of_a_large_region_is_shown():
    """Hiding everything would be safe, too."""
    totals = publish_totals({None: 60, 1: 60, 2: 12})
    counts = {None: [20, 20, 15, 5], 1: [30, 20, 10, 0], 2: [6, 3, 2, 1]}
    published = publish(counts, totals, (3, 0))
    assert published.by_scope == {1: [None, 20, 10, None], 2: [6, None, None, None]}
    assert published.nation == [56, 43, 27, 6]


@pytest.mark.parametrize("naive", ["without others hidden", "nation without regard"])
def test_the_attacker_finds_what_is_published_naively(monkeypatch, naive):
    """Else the attack would prove nothing."""
    if naive == "without others hidden":
        monkeypatch.setattr(
            suppression,
            "hide_small",
            lambda cells, give_way=(): [cell if cell >= K else None for cell in cells],
        )
    found = 0
    for counts, give_way in worlds():
        totals = publish_totals({scope: sum(cells) for scope, cells in counts.items()})
        published = publish(counts, totals, give_way)
        if naive == "nation without regard":
            sums = [sum(column) for column in zip(*counts.values(), strict=True)]
            totals = Totals(totals.by_scope, sum(sums))
            nation = [total if total >= K else None for total in sums]
            published = Published(published.by_scope, nation)
        found += len(list(Attacker(counts, totals, published).reveals()))
    assert found > WORLDS / 10

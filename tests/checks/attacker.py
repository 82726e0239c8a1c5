"""Somebody who knows all published figures and tries to tell what is hidden."""

from collections import deque
from collections.abc import Iterator

from checks.statistics.suppression import K, Published, Scope, Totals

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

"""Published figures reveal no cell below k, however they are added and subtracted."""

import random
from collections.abc import Iterator

import pytest

from checks.statistics import suppression
from checks.statistics.suppression import K, Published, Totals, publish, publish_totals
from tests.checks.attacker import Attacker, Counts

WORLDS = 300


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

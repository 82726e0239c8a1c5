"""Draw Germany from the coordinates of its places, as dots on a grid of hexagons.

Run once after ``cms/data/places_de.csv`` has changed: ``python scripts/map_of_germany.py``.
Writes the template that the map includes.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from math import sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from regions.finder.map import project  # noqa: E402

PLACES = ROOT / "cms" / "data" / "places_de.csv"
DRAWING = ROOT / "templates" / "components" / "germany.svg"

#: Distance of two dots in a row, in units of the drawing.
STEP = 3.05
ROW = STEP * sqrt(3) / 2
#: From this many places on, a dot is of the second and third size.
MANY = (12, 30)
# A hole in the land (a forest, a lake) is filled if so many of the six cells around are land.
NEIGHBOURS_OF_A_HOLE = 4

Cell = tuple[int, int]


def cell_of(x: float, y: float) -> Cell:
    """The cell of the grid whose middle is nearest; every second row is shifted by half a step."""
    near = round(y / ROW)
    rows = (near - 1, near, near + 1)
    cells = [(row, round((x - _shift(row)) / STEP)) for row in rows]
    return min(cells, key=lambda cell: _distance(cell, x, y))


def middle_of(cell: Cell) -> tuple[float, float]:
    """Where the dot of a cell is drawn."""
    row, column = cell
    return column * STEP + _shift(row), row * ROW


def _shift(row: int) -> float:
    return STEP / 2 if row % 2 else 0.0


def _distance(cell: Cell, x: float, y: float) -> float:
    middle_x, middle_y = middle_of(cell)
    return (middle_x - x) ** 2 + (middle_y - y) ** 2


def around(cell: Cell) -> list[Cell]:
    """The six neighbours of a cell."""
    row, column = cell
    side = 0 if row % 2 else -1
    shifted = [(row + step, column + side + more) for step in (-1, 1) for more in (0, 1)]
    return [(row, column - 1), (row, column + 1), *shifted]


def count_places(places: Iterable[tuple[float, float]]) -> Counter[Cell]:
    """How many places lie in each cell; holes in the land count as one."""
    cells = Counter(cell_of(*project(lat, lon)) for lat, lon in places)
    edge = {neighbour for cell in cells for neighbour in around(cell)} - set(cells)
    for cell in sorted(edge):
        if sum(neighbour in cells for neighbour in around(cell)) >= NEIGHBOURS_OF_A_HOLE:
            cells[cell] = 1
    return cells


def path_of(cells: Iterable[Cell]) -> str:
    """Dots as lines without length: their round caps are what one sees."""
    dots = (middle_of(cell) for cell in sorted(cells))
    return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in dots)


def draw(cells: Counter[Cell]) -> str:
    """The paths, one for each size of dot."""
    sizes: list[list[Cell]] = [[], [], []]
    for cell, number in cells.items():
        sizes[sum(number >= many for many in MANY)].append(cell)
    lines = [
        f'<path class="map__land map__land--{size}" d="{path_of(found)}"/>'
        for size, found in enumerate(sizes, start=1)
    ]
    return "\n".join(lines) + "\n"


def read_places() -> list[tuple[float, float]]:
    """Coordinates of all places, each place once."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        found = {(row["place"], row["lat"], row["lon"]) for row in rows}
    return [(float(lat), float(lon)) for _, lat, lon in sorted(found)]


if __name__ == "__main__":
    land = count_places(read_places())
    DRAWING.write_text(draw(land), encoding="utf-8")
    print(f"{len(land)} dots in {DRAWING.relative_to(ROOT)}")

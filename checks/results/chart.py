"""The picture of a result: a bar a section, drawn as SVG; a table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from checks.results.scoring import SectionResult

#: Width of a whole bar in units of the drawing.
WIDTH = 600
#: Colours where no style sheet reaches a drawing, as in a PDF; those of checks.css win elsewhere.
FILLS = {
    "green": "#651c44",
    "yellow": "#e5a533",
    "red": "#bb4a31",
    "none": "#dfcdb9",
    "open": "#fff",
}


@dataclass(frozen=True)
class Segment:
    """A piece of a bar. ``kind`` names its style."""

    kind: str
    count: int
    x: float
    width: float

    @property
    def fill(self) -> str:
        """Its colour where its style does not reach it."""
        return FILLS[self.kind]


@dataclass(frozen=True)
class Bar:
    """The bar of a section."""

    result: SectionResult
    segments: tuple[Segment, ...]


def bars(results: Sequence[SectionResult]) -> list[Bar]:
    """The bars of all sections, each as long as the other: sections are not compared by size."""
    return [Bar(result, _segments(result)) for result in results]


def _segments(result: SectionResult) -> tuple[Segment, ...]:
    counts = (
        ("green", result.green),
        ("yellow", result.yellow),
        ("red", result.red),
        ("none", result.not_applicable),
        ("open", result.open_count),
    )
    segments, x = [], 0.0
    for kind, count in counts:
        width = WIDTH * count / result.total
        if count:
            segments.append(Segment(kind, count, round(x, 1), round(width, 1)))
        x += width
    return tuple(segments)

"""What is read from the answers of the server."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.engines.elasticsearch import clauses
from search.engines.elasticsearch.mapping import Json, facet_field, read_newest_key
from search.engines.elasticsearch.ranking import LITERAL
from search.registry import REGION_FACET

#: How the names of clauses begin that stand for preferences; those of words are numbers.
PREFERENCE = "p"


@dataclass(frozen=True)
class Found:
    """One hit.

    Args:
        page_id: of the page.
        score: see :mod:`search.engines.elasticsearch.ranking`.
        of_words: part of the score by position of the word.
        day: of the entry, counted from the first of year one; 0 for none.
        regions: keys of its regions; only if they were asked for.
        place: latitude and longitude; likewise.
        met: numbers of the preferences that it meets.
        is_literal: whether it has all words themselves.
    """

    page_id: int
    score: float
    of_words: Mapping[int, float] = field(default_factory=dict)
    day: int = 0
    regions: tuple[str, ...] = ()
    place: tuple[float, float] | None = None
    met: tuple[int, ...] = ()
    is_literal: bool = False

    @classmethod
    def read(cls, hit: Json) -> "Found":
        """Read a hit of an answer: it ends its sort values with how new it is."""
        fields = hit.get("fields", {})
        day, page_id = read_newest_key(hit["sort"][-1])
        score = hit["_score"] or 0.0
        of_words: dict[int, float] = {}
        met: dict[int, float] = {}
        for name, part in (hit.get("matched_queries") or {}).items():
            if name.startswith(PREFERENCE):
                met[int(name.removeprefix(PREFERENCE))] = part
            else:
                number = int(name.partition(clauses.NAME_END)[0])
                of_words[number] = max(part, of_words.get(number, 0.0))
        return cls(
            page_id=page_id,
            score=score,
            of_words=of_words,
            day=day,
            regions=tuple(fields.get(facet_field(REGION_FACET), ())),
            place=_point(fields.get("place")),
            met=tuple(sorted(met)),
            is_literal=score - sum(met.values()) >= LITERAL,
        )


def _point(values: list[str] | None) -> tuple[float, float] | None:
    if not values:
        return None
    lat, lon = str(values[0]).split(",")
    return float(lat), float(lon)


def number_of_hits(answer: Json) -> int:
    """All hits of an answer."""
    return int(answer["hits"]["total"]["value"])


@dataclass(frozen=True)
class Counts:
    """What the requests of a page that count answer.

    Args:
        total: hits.
        of_facets: hits by facet and key.
        without: hits by a selected facet that is dropped.
        within: hits by radius.
        complete: hits with all words.
        base: what is found before the visitor's own filters; ``total`` where nobody asks.
    """

    total: int
    of_facets: dict[str, dict[str, int]]
    without: dict[str, int]
    within: dict[int, int]
    complete: int
    base: int

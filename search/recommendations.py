"""Kinds of pages that rooms recommend for a need somebody has: forms, examples, funding.

Rooms on one floor do not know one another: each registers here what it has to offer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from search.engines.base import Preference


@dataclass(frozen=True)
class Recommendation:
    """A kind of page that helps with a need.

    Args:
        type_key: of its search document.
        label: what it is, for one page.
        order: kinds stand in this order.
        limit: so many pages at most.
        everywhere: met by pages that help wherever one is. Those of a kind that has it are
            recommended first to somebody whose place is not known; what a house has for its own
            region only is not recommended to somebody from elsewhere.
        sides: by side of a cooperation (:class:`cms.models.sides.Side`), met by pages that are of
            use to it: others are not recommended to it. A side that is missing gets them all.
    """

    type_key: str
    label: str | Promise
    order: int = 100
    limit: int = 1
    everywhere: Preference | None = None
    sides: Mapping[str, Preference] = field(default_factory=dict)


_recommendations: dict[str, Recommendation] = {}


def register_recommendation(recommendation: Recommendation) -> None:
    """Have a kind of page recommended; called by a room when it is ready."""
    _recommendations[recommendation.type_key] = recommendation


def recommendations() -> list[Recommendation]:
    """All kinds, in their order."""
    return sorted(_recommendations.values(), key=lambda kind: (kind.order, kind.type_key))

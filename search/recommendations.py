"""Kinds of pages that rooms recommend for a need somebody has: forms, examples, funding.

Rooms on one floor do not know one another: each registers here what it has to offer.
"""

from dataclasses import dataclass

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
            recommended first to somebody whose place is not known.
    """

    type_key: str
    label: str | Promise
    order: int = 100
    limit: int = 1
    everywhere: Preference | None = None


_recommendations: dict[str, Recommendation] = {}


def register_recommendation(recommendation: Recommendation) -> None:
    """Have a kind of page recommended; called by a room when it is ready."""
    _recommendations[recommendation.type_key] = recommendation


def recommendations() -> list[Recommendation]:
    """All kinds, in their order."""
    return sorted(_recommendations.values(), key=lambda kind: (kind.order, kind.type_key))

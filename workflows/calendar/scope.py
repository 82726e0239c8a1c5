"""Whose pages a calendar shows: those of the own houses, at the desk all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from cms.models import User
from regions.access import HOUSE_DEPTH, below, national_pages, own_house_paths
from regions.isolation.reach import has_national_scope
from regions.models import HousePage, Region

#: In the address, in place of the name of a house.
NATION = "bund"


@dataclass(frozen=True)
class Scope:
    """What one person sees.

    Args:
        houses: the names of the houses to choose from, by the name in the address.
        chosen: that of the chosen one, or :data:`NATION`; empty for everything within reach.
        paths: the house pages to be shown, with the name of their house.
        sees_nation: whether national pages are within reach.
    """

    houses: Mapping[str, str]
    chosen: str
    paths: Mapping[str, str]
    sees_nation: bool

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.sees_nation and not self.chosen

    @property
    def pages(self) -> Q:
        """Which pages are shown, as a condition."""
        if self.chosen == NATION:
            return national_pages()
        return Q() if self.is_everything else below(self.paths)

    @property
    def entries(self) -> Q:
        """Which entries of the read model; they name their region."""
        if self.chosen == NATION:
            return Q(region_id=None)
        if self.is_everything:
            return Q()
        houses = HousePage.objects.filter(path__in=list(self.paths))
        return Q(region_id__in=houses.values("region_record"))

    def house_of(self, path: str) -> str:
        """The name of the house of a page; empty where only one is shown, and for the nation."""
        if len(set(self.paths.values())) < 2 and not self.sees_nation:
            return ""
        return self.paths.get(path[: HOUSE_DEPTH * HousePage.steplen], "")


def scope_of(user: User, asked: str = "") -> Scope | None:
    """What ``user`` sees; ``None`` for somebody who works nowhere.

    Args:
        user: who looks.
        asked: the house to be shown, as the address names it; what is out of reach is not heeded.
    """
    sees_nation = has_national_scope(user)
    houses = HousePage.objects.filter(region_record__in=Region.objects.active())
    if not sees_nation:
        houses = houses.filter(path__in=own_house_paths(user))
    rows = houses.order_by("region_record__name").values_list(
        "path", "region_record__slug", "region_record__name"
    )
    found = list(rows)
    names = {slug: name for _path, slug, name in found}
    if not (sees_nation or names):
        return None
    chosen = asked if asked in names or (sees_nation and asked == NATION) else ""
    shown = {path: name for path, slug, name in found if chosen in ("", slug)}
    return Scope(names, chosen, shown, sees_nation)

"""Pages that fit a need: what rooms recommend, found by the keywords of the question.

The words rank and exclude nothing: a page with some of them is found, too. What is of no use to
whoever filled in the check is left out: money for companies only, or for another region.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode

from checks.results.scoring import Need
from cms.delivery.content_version import cached
from search.presets import Preset
from search.query import Query
from search.recommendations import recommendations
from search.registry import document_by_key
from search.results.run import hits_by_type
from search.results.types import Hit

#: Fitting pages of a kind that are looked at, so that not every need is answered by the same one.
CANDIDATES = 4
#: Of a kind that holds in places, so that some hold where one is.
LOCAL_CANDIDATES = 8
#: What holds elsewhere only is suggested after what holds here was suggested so often.
ELSEWHERE = 2


@dataclass(frozen=True)
class SuggestedPage:
    """A page that may help."""

    label: str | Promise
    title: str
    url: str
    region_name: str = ""


@dataclass(frozen=True)
class _Candidate:
    """A fitting page, until it is over."""

    title: str
    url: str
    region_name: str
    expires_at: datetime.datetime | None
    holds_everywhere: bool

    @classmethod
    def of(cls, hit: Hit, holds_everywhere: bool) -> "_Candidate":
        region = hit.region_name or ""
        return cls(hit.page.title, hit.url, region, hit.expires_at, holds_everywhere)

    def is_of_another(self, region_name: str) -> bool:
        """Whether only people of a region other than the one named have something of it."""
        return not self.holds_everywhere and self.region_name not in ("", region_name)


@dataclass
class Suggestions:
    """The pages for each need of a result; each is suggested as seldom as possible.

    Args:
        language: of the pages.
        region_name: the region that somebody comes from, if that is known and has a house.
        is_place_known: whether it is known where somebody comes from, with a house or without.
        side: of a cooperation, for which the pages have to be of use.
        used: how often each address was suggested.
    """

    language: str
    region_name: str = ""
    is_place_known: bool = False
    side: str = ""
    used: dict[str, int] = field(default_factory=dict)

    def for_need(self, need: Need) -> list[SuggestedPage]:
        """What fits: of each kind those that were suggested least so far."""
        found: list[SuggestedPage] = []
        now = timezone.now()
        candidates = _candidates(need.keywords, self.language, self.side)
        for kind in recommendations():
            # Time alone changes no content version.
            present = (
                page
                for page in candidates.get(kind.type_key, ())
                if (page.expires_at is None or page.expires_at > now)
                and not (self.is_place_known and page.is_of_another(self.region_name))
            )
            by_use = sorted(present, key=self._order)
            for page in by_use[: kind.limit]:
                self.used[page.url] = self.used.get(page.url, 0) + 1
                found.append(SuggestedPage(kind.label, page.title, page.url, page.region_name))
        return found

    def _order(self, page: _Candidate) -> int:
        """How often it was suggested; one that holds elsewhere as if it had been more often."""
        is_near = page.holds_everywhere or page.region_name == self.region_name != ""
        return self.used.get(page.url, 0) + (0 if is_near else ELSEWHERE)


def _candidates(
    keywords: tuple[str, ...], language: str, side: str
) -> Mapping[str, tuple[_Candidate, ...]]:
    """The pages that fit best, by type; searched for once a day and content version."""
    if not keywords:
        return {}
    kinds = [kind for kind in recommendations() if document_by_key(kind.type_key) is not None]
    everywhere = {kind.type_key: kind.everywhere for kind in kinds if kind.everywhere}
    of_side = {kind.type_key: kind.sides[side] for kind in kinds if side in kind.sides}
    wishes = (*everywhere.values(), *of_side.values())
    preset = Preset(types=tuple(kind.type_key for kind in kinds), preferences=wishes)
    number_of = {wish: number for number, wish in enumerate(wishes)}

    def search() -> Mapping[str, tuple[_Candidate, ...]]:
        query = Query(preset, language, text=" ".join(keywords))
        found = {}
        for key, hits in hits_by_type(query, LOCAL_CANDIDATES).items():
            if key in of_side:
                hits = [hit for hit in hits if number_of[of_side[key]] in hit.met]
            wish = everywhere.get(key)
            found[key] = tuple(
                _Candidate.of(hit, wish is None or number_of[wish] in hit.met)
                for hit in (hits if wish else hits[:CANDIDATES])
            )
        return found

    # The day: others take the place of what is over since.
    today = timezone.localdate()
    return cached(("checks.suggestions", keywords, language, side, today), search)


def search_url(need: Need) -> str:
    """The site search for more; empty for a question without keywords."""
    if not need.keywords:
        return ""
    return f"{reverse('search')}?{urlencode({'q': ' '.join(need.keywords)})}"

"""Pages that fit a need: what rooms recommend, found by the keywords of the question.

The words rank and exclude nothing: a page with some of them is found, too.
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

    @classmethod
    def of(cls, hit: Hit) -> "_Candidate":
        return cls(hit.page.title, hit.url, hit.region_name or "", hit.expires_at)


@dataclass
class Suggestions:
    """The pages for each need of a result; each is suggested as seldom as possible."""

    language: str
    used: dict[str, int] = field(default_factory=dict)

    def for_need(self, need: Need) -> list[SuggestedPage]:
        """What fits: of each kind those that were suggested least so far."""
        found: list[SuggestedPage] = []
        now = timezone.now()
        candidates = _candidates(need.keywords, self.language)
        for kind in recommendations():
            # Time alone changes no content version.
            present = (
                page
                for page in candidates.get(kind.type_key, ())
                if page.expires_at is None or page.expires_at > now
            )
            by_use = sorted(present, key=lambda page: self.used.get(page.url, 0))
            for page in by_use[: kind.limit]:
                self.used[page.url] = self.used.get(page.url, 0) + 1
                found.append(SuggestedPage(kind.label, page.title, page.url, page.region_name))
        return found


def _candidates(keywords: tuple[str, ...], language: str) -> Mapping[str, tuple[_Candidate, ...]]:
    """The pages that fit best, by type; searched for once a day and content version."""
    if not keywords:
        return {}
    kinds = (kind.type_key for kind in recommendations())
    types = tuple(key for key in kinds if document_by_key(key) is not None)

    def search() -> Mapping[str, tuple[_Candidate, ...]]:
        hits = hits_by_type(
            Query(Preset(types=types), language, text=" ".join(keywords)), CANDIDATES
        )
        return {key: tuple(map(_Candidate.of, of_type)) for key, of_type in hits.items()}

    # The day: others take the place of what is over since.
    return cached(("checks.suggestions", keywords, language, timezone.localdate()), search)


def search_url(need: Need) -> str:
    """The site search for more; empty for a question without keywords."""
    if not need.keywords:
        return ""
    return f"{reverse('search')}?{urlencode({'q': ' '.join(need.keywords)})}"

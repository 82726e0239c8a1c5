"""Pages that fit a need: what rooms recommend, found by the keywords of the question.

The words rank and exclude nothing: a page with some of them is found, too.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.http import urlencode

from checks.results.scoring import Need
from cms.delivery.content_version import cached
from search.presets import Preset
from search.query import Query
from search.recommendations import Recommendation, recommendations
from search.registry import document_by_key
from search.results.run import hits

#: Fitting pages that are looked at, so that not every need is answered by the same one.
CANDIDATES = 4


@dataclass(frozen=True)
class SuggestedPage:
    """A page that may help."""

    label: str | Promise
    title: str
    url: str
    region_name: str = ""


@dataclass
class Suggestions:
    """The pages for each need of a result; each is suggested as seldom as possible."""

    language: str
    used: dict[str, int] = field(default_factory=dict)

    def for_need(self, need: Need) -> list[SuggestedPage]:
        """What fits: of each kind those that were suggested least so far."""
        found: list[SuggestedPage] = []
        for kind in recommendations():
            candidates = find(need.keywords, kind, self.language)
            by_use = sorted(candidates, key=lambda page: self.used.get(page.url, 0))
            for page in by_use[: kind.limit]:
                self.used[page.url] = self.used.get(page.url, 0) + 1
                found.append(page)
        return found


def find(keywords: Iterable[str], kind: Recommendation, language: str) -> tuple[SuggestedPage, ...]:
    """The pages of a kind that fit best; kept for a minute, or until anything public changes."""
    text = " ".join(keywords)
    if not text or document_by_key(kind.type_key) is None:
        return ()

    def search() -> tuple[SuggestedPage, ...]:
        preset = Preset(types=(kind.type_key,), page_size=CANDIDATES)
        query = Query(preset, language, text=text)
        return tuple(
            SuggestedPage(kind.label, hit.page.title, hit.url, hit.region_name or "")
            for hit in hits(query)
        )

    # What is over leaves within a minute; time alone changes no content version.
    minute = int(time.time() // 60)
    return cached(("checks.suggestions", kind.type_key, text, language, minute), search)


def search_parameters(need: Need) -> str:
    """The query string by which the site search shows more."""
    return urlencode({"q": " ".join(need.keywords)})

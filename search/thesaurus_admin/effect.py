"""What a change of the thesaurus does to searches that people really make."""

from dataclasses import dataclass, replace

from django.http import HttpRequest

from search.analysis import query_tokens
from search.analysis.thesaurus import Line, Thesaurus, key_of
from search.models import SearchCount, ThesaurusEntry
from search.query import Query
from search.results.run import run
from search.statistics.retention import frequent_searches
from search.views import SITE

#: So many searches are shown, and so many hits of each.
MOST_SEARCHES, MOST_HITS = 5, 5
_MOST_LOOKED_AT = 300
_LANGUAGE = "de"


@dataclass(frozen=True)
class Found:
    """A hit after the change; ``is_new`` if it was not among the first before."""

    title: str
    is_new: bool


@dataclass(frozen=True)
class Effect:
    """The first hits of one search before and after a change."""

    text: str
    times: int
    before: list[str]
    after: list[Found]

    @property
    def is_changed(self) -> bool:
        """Whether the first hits differ."""
        return self.before != [hit.title for hit in self.after]


def effects_of(entry: ThesaurusEntry, request: HttpRequest) -> list[Effect]:
    """What publishing the latest text of ``entry`` does; searches that people made come first.

    Args:
        entry: as published, or never published.
        request: the current request.
    """
    published = list(ThesaurusEntry.objects.filter(live=True).order_by("pk"))
    draft = entry.get_latest_revision_as_object() if entry.latest_revision_id else entry
    rest = [one.line for one in published if one.pk != entry.pk]
    now = Thesaurus([one.line for one in published])
    then = Thesaurus([*rest, draft.line])
    lines = [draft.line, *([entry.line] if entry.live else [])]
    return [
        _effect(text, times, now, then, request) for text, times in _searches(lines)[:MOST_SEARCHES]
    ]


def _searches(lines: list[Line]) -> list[tuple[str, int]]:
    """Frequent searches with one of the words, then the words themselves."""
    words = [word for line in lines for word in (*line.words, *line.others)]
    keys = {key_of(word) for word in words}
    found: dict[str, int] = {}
    rows = frequent_searches().filter(kind=SearchCount.Kind.WORDS, locale=_LANGUAGE)
    for row in rows.order_by("-times")[:_MOST_LOOKED_AT]:
        forms = [token.form for token in query_tokens(row["text"], _LANGUAGE)]
        if any(_contains(forms, key) for key in keys):
            found[row["text"]] = row["times"]
    for word in words:
        found.setdefault(word, 0)
    return list(found.items())


def _contains(forms: list[str], key: tuple[str, ...]) -> bool:
    size = len(key)
    return any(tuple(forms[at : at + size]) == key for at in range(len(forms) - size + 1))


def _effect(text: str, times: int, now: Thesaurus, then: Thesaurus, request: HttpRequest) -> Effect:
    query = Query(replace(SITE, facets=(), page_size=MOST_HITS), _LANGUAGE, text=text)
    before, after = (
        [hit.page.title for hit in run(replace(query, thesaurus=one), request).hits]
        for one in (now, then)
    )
    return Effect(text, times, before, [Found(title, title not in before) for title in after])

"""Suggestions while typing: pages by their title, topics, places, and what rooms above add.

Costs two look-ups by index and one for the titles, whatever the number of entries: the words that
begin with what is typed, the pages with one of them in the title, their titles.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.text import fold
from search import registry
from search.analysis import query_tokens
from search.engines.facet_arrays import current, known_version
from search.engines.fulltext import get_fulltext
from search.engines.lexemes import Clause, Field
from search.facets import load_tables
from search.models import Entry, IndexedWord
from search.places import PLACE_PARAMETER, places

#: Shorter beginnings are like too many words.
SHORTEST = 2
#: So many are offered: few of each kind, and of pages more.
MOST, MOST_OF_A_KIND, MOST_PAGES = 8, 2, 4
_MAX_TEXT = 80
_SHORTEST_PLACE = 3
_MOST_COMPLETIONS = 8
_MOST_LOOKED_AT = 40


@dataclass(frozen=True)
class Suggestion:
    """What is offered: a text, what it is, and where it leads."""

    text: str
    kind: str
    url: str


#: Gives suggestions for the beginning of a text, in a language.
Suggesting = Callable[[str, str, HttpRequest], Iterable[Suggestion]]
_more: list[Suggesting] = []


def register_suggestions(suggesting: Suggesting) -> None:
    """Have ``suggesting`` asked, too; called when a room is ready."""
    _more.append(suggesting)


def suggestions(typed: str, language: str, request: HttpRequest) -> list[Suggestion]:
    """What may be meant by the beginning of a search, the most direct first.

    Args:
        typed: what stands in the field.
        language: of the page.
        request: the current request.
    """
    text = " ".join(typed.split())[:_MAX_TEXT]
    if len(text) < SHORTEST:
        return []
    kinds: list[tuple[Suggesting, int]] = [
        (_topics, MOST_OF_A_KIND),
        (_pages, MOST_PAGES),
        (_places, MOST_OF_A_KIND),
    ]
    kinds += [(more, MOST_OF_A_KIND) for more in _more]
    found: dict[str, Suggestion] = {}
    for kind, most in kinds:
        for one in islice(kind(text, language, request), most):
            found.setdefault(fold(one.text), one)
    return list(found.values())[:MOST]


def _topics(text: str, language: str, request: HttpRequest) -> Iterator[Suggestion]:
    """Values of facets that begin with the text, as filters."""
    begun = fold(text)
    named = {n: facet for n, facet in registry.facets().items() if facet.vocabulary}
    for name, table in load_tables(named.values(), language).items():
        for choice in table.choices():
            if any(fold(word).startswith(begun) for word in (choice.label, *choice.label.split())):
                url = f"{reverse('search')}?{urlencode({name: choice.public})}"
                yield Suggestion(choice.label, str(table.facet.label), url)


def _pages(text: str, language: str, request: HttpRequest) -> Iterator[Suggestion]:
    """Pages whose title has the words typed, the last of them perhaps not to its end."""
    *whole, begun = text.split(" ")
    forms = [token.form for token in query_tokens(" ".join(whole), language)]
    ends = list(dict.fromkeys(_ends(begun, language)))
    if not ends:
        return
    clauses = [Clause(Field.TITLE, form) for form in (*forms, *ends)]
    found: list[set[int]] = [set(ids.tolist()) for ids in get_fulltext().postings(clauses)]
    ids: set[int] = set()
    for pages_with in found[len(forms) :]:
        ids |= pages_with
    for pages_with in found[: len(forms)]:
        ids &= pages_with
    rows = Entry.objects.filter(pk__in=_newest_listed(ids, language), removed=False)
    entries = sorted(rows.only("page_id", "title", "type_key"), key=lambda e: len(e.title))
    shown = [e for e in entries if fold(begun) in fold(e.title)][:MOST_PAGES]
    pages = Page.objects.filter(live=True).in_bulk([entry.page_id for entry in shown])
    for entry in shown:
        document, page = registry.document_by_key(entry.type_key), pages.get(entry.page_id)
        url = page.get_url(request) if page else None
        if document and url:
            yield Suggestion(entry.title, str(document.label), url)


def _newest_listed(ids: Collection[int], language: str) -> list[int]:
    """Those of the pages that lists in a language show now; asks the database nothing."""
    entries = current(known_version())
    rows = entries.rows_of(np.array(list(ids), dtype=np.int64))
    is_listed = entries.expires[rows] > timezone.now().timestamp()
    listed = entries.page_ids[rows[is_listed & (entries.locales[rows] == language)]]
    return np.sort(listed)[-_MOST_LOOKED_AT:].tolist()


def _ends(begun: str, language: str) -> Iterator[str]:
    """Forms of the commonest indexed words that begin like this."""
    first = fold(begun)
    if not first:
        return
    rows = IndexedWord.objects.filter(locale=language, word__startswith=first, entries__gt=0)
    for word in rows.order_by("-entries").values_list("shown", flat=True)[:_MOST_COMPLETIONS]:
        for token in query_tokens(word, language)[:1]:
            yield token.form


def _places(text: str, language: str, request: HttpRequest) -> Iterator[Suggestion]:
    """Places that begin like the text; the pages of their house come first."""
    known = places()
    if known is None or len(text) < _SHORTEST_PLACE:
        return
    for place in known.beginning(text, MOST_OF_A_KIND):
        url = f"{reverse('search')}?{urlencode({PLACE_PARAMETER: place.value})}"
        label = place.district if place.is_district else f"{place.name} ({place.district})"
        yield Suggestion(label, _("Place"), url)

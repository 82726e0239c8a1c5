"""The search backend of the admin's lists and choosers: any input is a valid query.

Wagtail's own database backends hand what was typed to the full-text search of the database: on
SQLite (FTS5) a quotation mark ends in a syntax error, many words in a recursion error; PostgreSQL
refuses NUL. All of the admin's search boxes over indexed models pass here.
"""

import re
from collections.abc import Iterator
from itertools import islice

from django_stubs_ext import StrOrPromise
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database import SearchBackend as database_backend
from modelsearch.query import MATCH_NONE, And, Or, Phrase, PlainText, SearchQuery
from wagtail.models import Page

MAX_LENGTH = 200
MAX_WORDS = 12

#: Blanks, control characters, and what quotes a phrase in FTS5.
_BETWEEN_WORDS = re.compile(r'[\s"\x00-\x1f\x7f]+')


def searchable(query: str) -> str:
    """The words of ``query`` that a full-text search can look for; empty if there is none.

    What stands inside words stays (*info@example.org*, *bild_1.jpg*): the database divides the
    texts and the query alike.

    >>> searchable('"Tag der offenen Tür" – *'), searchable('"')
    ('Tag der offenen Tür', '')
    """
    words = _BETWEEN_WORDS.split(query[:MAX_LENGTH])
    return " ".join([word for word in words if any(map(str.isalnum, word))][:MAX_WORDS])


def readable(query: SearchQuery) -> SearchQuery:
    """``query`` without what a full-text search cannot read, and not longer than it should be.

    The search among all pages takes phrases and conditions (``"Tag der" live:yes``) apart itself.
    """
    if isinstance(query, PlainText):
        words = searchable(query.query_string)
        return PlainText(words, operator=query.operator) if words else MATCH_NONE
    if isinstance(query, Phrase):
        words = searchable(query.query_string)
        return Phrase(words) if words else MATCH_NONE
    if isinstance(query, And | Or):
        parts = [part for part in map(readable, _parts_of(query)) if part is not MATCH_NONE]
        return type(query)(parts) if len(parts) > 1 else next(iter(parts), MATCH_NONE)
    return query


def _parts_of(query: And | Or) -> Iterator[SearchQuery]:
    """The parts of nested queries of one kind, up to :data:`MAX_WORDS`."""

    def parts(query: And | Or) -> Iterator[SearchQuery]:
        for part in query.subqueries:
            yield from parts(part) if isinstance(part, type(query)) else [part]

    return islice(parts(query), MAX_WORDS)


class AnyInputMixin:
    """Lets a search backend look for the words of what was typed."""

    def _search(self, compiler: type, query: object, /, *args: object, **options: object) -> object:
        if isinstance(query, str):
            query = searchable(query) or MATCH_NONE
        elif isinstance(query, SearchQuery):
            query = readable(query)
        return super()._search(  # type: ignore[misc]  # the backend's own
            compiler, query, *args, **options
        )


def SearchBackend(params: dict[str, object]) -> BaseSearchBackend:
    """Wagtail's search backend for the database in use, for any input."""
    base = type(database_backend(params))
    backend: BaseSearchBackend = type(base.__name__, (AnyInputMixin, base), {})(params)
    return backend


def name_of_results(original: None) -> StrOrPromise:
    """What the search among all pages counts; for :mod:`cms.wagtail_patches`."""
    return Page._meta.verbose_name_plural or ""

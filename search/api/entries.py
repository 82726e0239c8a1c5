"""Entries of the search: all that is public, by the filters of the pages."""

from dataclasses import replace
from typing import Annotated, Literal

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja import Query as Parameter
from ninja import Router
from ninja.errors import HttpError
from wagtail.models import Page

from search import registry
from search.api import schemas
from search.api.records import Records, named_values
from search.api.responses import Problem
from search.facets import load_tables
from search.models import Entry
from search.places import PLACE_PARAMETER, RADII, RADIUS_PARAMETER
from search.presets import Preset
from search.query import EXACT_PARAMETER, MAX_TEXT, Query, not_understood
from search.results.run import run
from search.results.types import Results

#: Records of one answer at most.
MOST = 100
_OWN = ("q", PLACE_PARAMETER, RADIUS_PARAMETER, EXACT_PARAMETER, "sprache", "anzahl", "ab")
_NOT_LISTED = ("text", "title_tokens", "summary_tokens", "text_tokens")
_LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

Language = Annotated[Literal[_LANGUAGES], Parameter(description="Language of the records.")]  # type: ignore[valid-type]

router = Router(tags=["Einträge"])


def _parameter(name: str, description: str, schema: dict[str, object]) -> dict[str, object]:
    return {"in": "query", "name": name, "description": description, "schema": schema}


def _list_parameters() -> list[dict[str, object]]:
    """Parameters that :class:`search.query.Query` reads."""
    texts: dict[str, object] = {"type": "array", "items": {"type": "string"}}
    return [
        _parameter(PLACE_PARAMETER, "Postal code or place.", {"type": "string"}),
        _parameter(
            RADIUS_PARAMETER,
            "Kilometres around the place in ``ort``.",
            {"type": "integer", "enum": list(RADII)},
        ),
        _parameter(EXACT_PARAMETER, "1: the words as typed.", {"type": "string", "enum": ["1"]}),
        *(
            _parameter(name, "Any of these values; see /filter/.", texts)
            for name in registry.facets()
        ),
    ]


@router.get(
    "/eintraege/",
    response={200: schemas.EntryList, 400: Problem, 429: Problem},
    operation_id="listEntries",
    summary="Public pages, by page id",
    openapi_extra={"parameters": _list_parameters()},
)
def list_entries(
    request: HttpRequest,
    response: HttpResponse,
    q: Annotated[str, Parameter(max_length=MAX_TEXT, description="Words.")] = "",
    sprache: Language = "de",
    anzahl: Annotated[int, Parameter(ge=1, le=MOST, description="Records of an answer.")] = 50,
    ab: Annotated[int, Parameter(ge=0, lt=2**31, description="As ``naechste`` gives it.")] = 0,
) -> schemas.EntryList:
    """The records after a page id: one reads on, however many there are, and nothing twice.

    A page has its id from its first draft on: what is published meanwhile may stand before what
    was read already.
    """
    if unknown := set(request.GET) - {*_OWN, *registry.facets()}:
        text = _("There are no such parameters: %(names)s")
        raise HttpError(400, text % {"names": ", ".join(sorted(unknown))})
    with translation.override(sprache):
        # One more says whether there are any after these.
        query = _query(request.GET, sprache, anzahl + 1, ab)
        results = run(query, request)
        if wrong := _wrong(request.GET, query, results):
            raise HttpError(400, wrong)
        page_ids = results.page_ids[:anzahl]
        entries = Entry.objects.defer(*_NOT_LISTED).in_bulk(page_ids)
        urls = {hit.page.pk: hit.url for hit in results.hits}
        in_order = [entries[pk] for pk in page_ids if pk in entries]
        records = Records(request, sprache).of(in_order, urls)
    url = _next(request, page_ids[-1]) if len(results.page_ids) > anzahl else None
    if url:
        response["Link"] = f'<{url}>; rel="next"'
    return schemas.EntryList(gesamt=results.total, eintraege=records, naechste=url)


def _query(params: QueryDict, language: str, size: int, after: int) -> Query:
    """The query of the pages, page id by page id."""
    known = params.copy()
    for name in ("seite", "sortierung"):
        known.pop(name, None)
    preset = Preset(page_size=size, takes_place=True)
    query = Query.from_params(known, preset, language, "")
    return replace(query, after=after)


def _wrong(params: QueryDict, query: Query, results: Results) -> str:
    """Which value does not exist, in a sentence; nothing where all do."""
    if names := not_understood(params, query):
        if not query.place and RADIUS_PARAMETER in names:
            return _("A distance (umkreis) needs a place (ort).")
        text = _("These parameters have values that do not exist: %(names)s")
        return text % {"names": ", ".join(names)}
    if results.exists:
        return ""
    if results.canonical_url:
        return _("A filter has a value that does not exist.")
    text = _("There is no place called “%(typed)s”, or several are called so.")
    return text % {"typed": query.place}


def _next(request: HttpRequest, page_id: int) -> str:
    params = request.GET.copy()
    params["ab"] = str(page_id)
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")


@router.get(
    "/eintraege/{int:page_id}/",
    response={200: schemas.EntryWithText, 404: Problem, 429: Problem},
    operation_id="getEntry",
    summary="One public page, with its text",
)
def get_entry(request: HttpRequest, page_id: int) -> schemas.EntryWithText:
    """The record of a page while it is public.

    Raises:
        Http404: it is not.
    """
    is_valid = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    entry = Entry.objects.filter(is_valid, pk=page_id, removed=False).first()
    page = Page.objects.live().filter(pk=page_id).first()
    url = page.get_url(request) if page else None
    if entry is None or url is None:
        raise Http404
    with translation.override(entry.locale):
        return Records(request, entry.locale).with_text(entry, url)


@router.get(
    "/filter/",
    response={200: schemas.FilterList, 429: Problem},
    operation_id="listFilters",
    summary="Filters, and the values that they take",
)
def list_filters(request: HttpRequest, sprache: Language = "de") -> schemas.FilterList:
    """All filters of the list with their values."""
    with translation.override(sprache):
        tables = load_tables(registry.facets().values(), sprache)
        found = [
            schemas.Filter(parameter=n, name=str(t.facet.label), werte=named_values(t))
            for n, t in tables.items()
        ]
    return schemas.FilterList(filter=found)

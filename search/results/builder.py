"""From an engine's answer to results: entries joined to live pages, labels, addresses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from search import registry
from search.analysis import Token, highlight
from search.dates import soonest
from search.engines.base import EngineAnswer
from search.facets import FacetTable
from search.models import Entry
from search.query import Query
from search.registry import REGION_FACET, AnyDocument
from search.results.facet_suggestions import suggest_facets
from search.results.types import (
    Chip,
    FacetResult,
    FacetValue,
    Hit,
    NextDate,
    PageLink,
    Results,
    SortOption,
)

#: What lists show of entries.
_SHOWN = (
    "page_id", "type_key", "region_id", "title", "summary", "date", "dates", "expires_at",
    "illustration",
)  # fmt: skip
#: What their addresses need of pages.
_OF_PAGES = ("page__title", "page__url_path")
_PASSAGE = 260
_PAGE_WINDOW = 2


class ResultBuilder:
    """Makes the results of one query."""

    def __init__(
        self,
        query: Query,
        tables: Mapping[str, FacetTable],
        selected: Mapping[str, tuple[str, ...]],
        answer: EngineAnswer,
        request: HttpRequest | None,
        marks: Sequence[Token] = (),
    ) -> None:
        self.query = query
        self.tables = tables
        self.selected = selected
        self.answer = answer
        self.request = request
        self.marks = marks
        public = {
            name: tuple(c.public for c in tables[name].choices() if c.key in keys)
            for name, keys in selected.items()
        }
        # Links carry only what was understood.
        self.clean = replace(query, filters=public, page=1)

    def results(self) -> Results:
        """Hits, facets, pagination and suggestions, as the templates show them."""
        answer, clean = self.answer, self.clean
        entries = self._entries()
        first = (answer.page_number - 1) * self.query.preset.page_size + 1 if answer.total else 0

        def page_url(number: int) -> str:
            return replace(clean, page=number).url()

        has_previous = answer.page_number > 1
        has_next = answer.page_number < answer.page_count
        return Results(
            hits=self._hits(entries),
            total=answer.total,
            page_number=answer.page_number,
            page_count=answer.page_count,
            facets=self._facets(),
            chips=self._chips(),
            previous_url=page_url(answer.page_number - 1) if has_previous else None,
            next_url=page_url(answer.page_number + 1) if has_next else None,
            clear_url=replace(clean, text="", filters={}, sort="", place="", radius=None).url(),
            text=self.query.text,
            without=[] if answer.total else self._without(),
            facet_suggestions=suggest_facets(clean, self.tables),
            sort_options=self._sort_options(),
            pages=_page_links(answer.page_number, answer.page_count, page_url),
            first_number=first,
            last_number=first + len(answer.page_ids) - 1 if answer.total else 0,
            asked=replace(clean, page=self.query.page),
            canonical_url="" if self._exists() else page_url(answer.page_number),
            page_ids=tuple(answer.page_ids),
        )

    def _exists(self) -> bool:
        """Whether there is everything that was asked for: the page, and the values of filters."""
        known = self.clean.filters
        return self.answer.page_number == self.query.page and all(
            set(values) <= set(known.get(name, ())) for name, values in self.query.filters.items()
        )

    # Hits

    def _entries(self) -> list[Entry]:
        """The public entries among the answer, with their pages, in its order."""
        columns = (*_SHOWN, "text") if self.marks else _SHOWN
        entries = Entry.objects.filter(page__live=True).select_related("page")
        found = entries.only(*columns, *_OF_PAGES).in_bulk(self.answer.page_ids)
        return [found[pk] for pk in self.answer.page_ids if pk in found]

    def _hits(self, entries: list[Entry]) -> list[Hit]:
        read = _pages_read_whole(entries)
        hits = []
        for entry in entries:
            page = read.get(entry.page_id, entry.page)
            document = registry.document_by_key(entry.type_key)
            url = page.get_url(self.request)
            if document is None or url is None:
                continue
            hits.append(
                Hit(
                    page=page,
                    type_key=entry.type_key,
                    type_label=str(document.label),
                    title=self._marked(entry.title),
                    summary=self._summary(entry),
                    url=url,
                    region_name=self._region_name(entry),
                    date=entry.date,
                    shows_date=document.shows_date,
                    illustration=entry.illustration,
                    kilometres=self._kilometres(entry),
                    next_date=self._next_date(entry, document),
                    met=self.answer.met.get(entry.page_id, ()),
                    expires_at=entry.expires_at,
                )
            )
        return hits

    def _marked(self, text: str, max_chars: int | None = None) -> SafeString:
        if not self.marks:
            return escape(text)
        return highlight(text, self.marks, self.query.language, max_chars)

    def _summary(self, entry: Entry) -> SafeString:
        """The teaser; where it has none of the words, the passage of the text that has."""
        summary = self._marked(entry.summary)
        if not self.marks or "<mark>" in summary:
            return summary
        passage = self._marked(entry.text, _PASSAGE)
        return passage if "<mark>" in passage else summary

    def _region_name(self, entry: Entry) -> str | None:
        table = self.tables.get(REGION_FACET)
        return table.label(str(entry.region_id)) if table and entry.region_id else None

    def _kilometres(self, entry: Entry) -> int | None:
        far = self.answer.kilometres.get(entry.page_id)
        return None if far is None else round(far)

    def _next_date(self, entry: Entry, document: AnyDocument) -> NextDate | None:
        """The date that this list shows, else the one that all lists show with the page."""
        shown = registry.dates().get(self.query.preset.shown_date or document.shown_date)
        if shown is None:
            return None
        periods = entry.dates.get(shown.date.name, ())
        day = soonest(periods, shown.date.edge, timezone.localdate())
        return NextDate(str(shown.label), day) if day else None

    # Facets and filters

    def _facets(self) -> list[FacetResult]:
        results = []
        for name in self.query.preset.facets:
            if name not in self.answer.counts:
                continue
            table, counts = self.tables[name], self.answer.counts[name]
            chosen = self.selected.get(name, ())
            values = [
                FacetValue(
                    key=choice.public,
                    label=choice.label,
                    count=counts.get(choice.key, 0),
                    selected=choice.key in chosen,
                )
                for choice in table.choices()
                if counts.get(choice.key) or choice.key in chosen
            ]
            results.append(FacetResult(name, str(table.facet.label), values))
        return results

    def _without_value(self, name: str, value: str) -> Query:
        values = self.clean.filters.get(name, ())
        return self.clean.with_filter(name, (v for v in values if v != value))

    def _chips(self) -> list[Chip]:
        chips = [
            Chip(
                choice.label,
                self._without_value(name, choice.public).url(),
                names=self.tables[name].facet.names,
            )
            for name, keys in self.selected.items()
            for choice in self.tables[name].choices()
            if choice.key in keys
        ]
        clean = self.clean
        if clean.place and clean.radius:
            label = _("%(kilometres)d km around") % {"kilometres": clean.radius}
            chips.insert(0, Chip(label, replace(clean, radius=None).url()))
        if clean.place:
            url = replace(clean, place="", radius=None).url()
            chips.insert(0, Chip(clean.place, url, names="place"))
        return chips

    def _without(self) -> list[Chip]:
        """What to drop when nothing was found, with what one would get."""
        chips = []
        for name, keys in self.selected.items():
            if count := self.answer.without.get(name):
                labels = ", ".join(self.tables[name].label(key) or key for key in keys)
                chips.append(Chip(labels, self.clean.with_filter(name, ()).url(), count))
        # Of the whole site without a filter, everything is left: that leads nowhere.
        is_narrow = bool(self.selected or self.query.preset.is_narrow)
        if self.query.text and is_narrow and self.answer.without_text:
            label = _("the words ‘%(text)s’") % {"text": self.query.text}
            url = replace(self.clean, text="").url()
            chips.append(Chip(label, url, self.answer.without_text))
        return sorted(chips, key=lambda chip: -(chip.count or 0))

    def _sort_options(self) -> list[SortOption]:
        labels = {"relevanz": _("Relevance"), "datum": _("Newest first"), "titel": _("Title")}
        if not self.query.is_ranked:
            del labels["relevanz"]
        if shown := registry.dates().get(self.query.preset.shown_date):
            labels["termin"] = str(shown.sort_label)
        return [
            SortOption(
                key, label, key == self.query.effective_sort, replace(self.clean, sort=key).url()
            )
            for key, label in labels.items()
        ]


def _pages_read_whole(entries: list[Entry]) -> dict[int, Page]:
    """Pages of ``entries`` by id, in one query, where their list shows fields of their own."""
    types = {entry.type_key for entry in entries}
    if len(types) != 1:
        return {}
    (type_key,) = types
    document = registry.document_by_key(type_key)
    if document is None or not document.shows_fields:
        return {}
    pages = registry.models_by_type()[type_key].objects.all()
    return dict(pages.order_by().in_bulk([entry.page_id for entry in entries]))


def _page_links(current: int, count: int, url_of: Callable[[int], str]) -> list[PageLink]:
    """Links to the first, the last and the neighbouring pages."""
    if count < 2:
        return []
    near = range(current - _PAGE_WINDOW, current + _PAGE_WINDOW + 1)
    numbers = sorted({1, count, *(n for n in near if 1 <= n <= count)})
    links: list[PageLink] = []
    for number in numbers:
        if links and number - links[-1].number > 1:
            links.append(PageLink(number - 1, ""))
        links.append(PageLink(number, url_of(number), number == current))
    return links

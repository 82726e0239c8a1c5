"""*Reports → What people search*: most frequent, without result, as words and as filters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.accounts.requests import SignedInRequest
from search import registry
from search.facets import load_tables
from search.models import SearchCount
from search.statistics.retention import frequent_searches

ICON = "search"
PERMISSION = "search.view_searchcount"


@dataclass(frozen=True)
class Line:
    """A search as the report shows it."""

    text: str
    kind: str
    locale: str
    times: int
    empty: int
    found: int
    days: int
    url: str


class SearchCountFilterSet(WagtailFilterSet):
    """The filters beside the report."""

    kind = django_filters.ChoiceFilter(label=_("What"), choices=SearchCount.Kind.choices)
    empty = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a search", "Result"),
        method="by_result",
        choices=[("without", _("also without result")), ("always", _("always without result"))],
    )

    class Meta:
        model = SearchCount
        fields = ["kind", "empty"]

    def by_result(self, searches: QuerySet[Any, Any], name: str, value: str) -> QuerySet[Any, Any]:
        """What found nothing comes in the order of how often."""
        if value == "always":
            searches = searches.filter(found=0)
        return searches.filter(empty__gt=0).order_by("-empty", "text")


class SearchStatisticsView(ReportView):
    """What people search, for the national desk; only what many have asked."""

    request: SignedInRequest

    page_title = _("What people search")
    header_icon = ICON
    index_url_name = "search_statistics"
    index_results_url_name = "search_statistics_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    filterset_class = SearchCountFilterSet
    model = SearchCount
    is_searchable = False
    default_ordering = ("-times", "text")
    paginate_by = 50
    columns = [
        TitleColumn("text", label=_("Searched"), get_url=lambda line: line.url),
        Column("kind", label=_("What")),
        Column("times", label=_("How often")),
        Column("empty", label=_("without result")),
        Column("found", label=_("Results at most")),
        Column("days", label=_("On days")),
        Column("locale", label=_("Language")),
    ]
    list_export = ["text", "kind", "locale", "times", "empty", "found", "days"]
    export_headings = {
        "text": _("Searched"),
        "kind": _("What"),
        "locale": _("Language"),
        "times": _("How often"),
        "empty": _("without result"),
        "found": _("Results at most"),
        "days": _("On days"),
    }

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Only for the national desk and administrators."""
        if not self.request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"suchen-{timezone.localdate():%Y-%m-%d}"

    def get_base_queryset(self) -> QuerySet[Any, Any]:
        return frequent_searches()

    def order_queryset(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Most frequent first; what is filtered by its result has an order of its own."""
        return queryset if queryset.query.order_by else queryset.order_by(*self.default_ordering)

    def get_table(self, object_list: Iterable[dict[str, object]]) -> Table:
        """With labels; Wagtail makes the table before it decorates."""
        self.lines = list(lines(object_list))
        return super().get_table(self.lines)

    def decorate_paginated_queryset(self, object_list: Iterable[dict[str, object]]) -> list[Line]:
        """With labels as well."""
        return list(lines(object_list)) if self.is_export else self.lines


def lines(rows: Iterable[dict[str, object]]) -> Iterator[Line]:
    """Rows of :func:`frequent_searches` with labels in place of keys."""
    rows = list(rows)
    tables = {
        locale: load_tables(registry.facets().values(), locale)
        for locale in {str(row["locale"]) for row in rows}
    }
    kinds = dict(SearchCount.Kind.choices)
    for row in rows:
        text, locale = str(row["text"]), str(row["locale"])
        address = urlencode({"q": text})
        if row["kind"] == SearchCount.Kind.FILTER:
            address = text
            name, value = parse_qsl(text)[0]
            if table := tables[locale].get(name):
                label = next((c.label for c in table.choices() if c.public == value), value)
                text = f"{table.facet.label}: {label}"
        yield Line(
            text=text,
            kind=str(kinds.get(str(row["kind"]), "")),
            locale=locale,
            times=int(str(row["times"])),
            empty=int(str(row["empty"])),
            found=int(str(row["found"])),
            days=int(str(row["days"])),
            url=f"{reverse('search')}?{address}",
        )


class SearchStatisticsMenuItem(MenuItem):
    """Shown to those who may read the report."""

    def is_shown(self, request: SignedInRequest) -> bool:
        """Whether the signed-in person may read the report."""
        return request.user.has_perm(PERMISSION)


def menu_item() -> MenuItem:
    """The menu item among the reports."""
    return SearchStatisticsMenuItem(
        _("What people search"),
        reverse_lazy("search_statistics"),
        name="search-statistics",
        icon_name=ICON,
        order=110,
    )

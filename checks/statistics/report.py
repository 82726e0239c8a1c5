"""*Reports → Self-checks*: the stored figures of one region, or of the nation, and a quarter."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django_stubs_ext import StrOrPromise
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from checks.definition import NEED_ANSWERS
from checks.models import QuarterTables
from checks.models.statistics import quarter_name
from checks.statistics.access import reads_tables, tables_for
from checks.statistics.suppression import K
from checks.statistics.tables import LEAST_ANSWERS, OTHER, CheckOfQuarter, QuestionTable, need_share
from cms.accounts.requests import SignedInRequest
from cms.editing.titled_view import TitledView
from cms.models.sides import Side

ICON = "list-ol"
#: In the address: which of the stored figures, by key.
CHOSEN = "tabelle"
_WORDS: dict[str, StrOrPromise] = {
    **{key: words for key, words, _symbol in NEED_ANSWERS},
    OTHER: gettext_lazy("open or does not apply"),
}


@dataclass(frozen=True)
class Line:
    """A cell as a line of an export."""

    quarter: str
    scope: str
    check: str
    section: str
    question: str
    answer: str
    number: int | str


class CheckStatisticsView(SpreadsheetExportMixin, TitledView, View):
    """Figures of the own house; the desk chooses a region or the nation."""

    request: SignedInRequest

    template_name = "admin/check_statistics.html"
    page_title = gettext_lazy("Self-checks")
    header_icon = ICON
    list_export = ["quarter", "scope", "check", "section", "question", "answer", "number"]
    export_headings = {
        "quarter": gettext_lazy("Quarter"),
        "scope": gettext_lazy("Region"),
        "check": gettext_lazy("Self-check"),
        "section": gettext_lazy("Section"),
        "question": gettext_lazy("Question"),
        "answer": gettext_lazy("Answer"),
        "number": gettext_lazy("Number of organisations"),
    }

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Only for people of a house, the desk and administrators."""
        if not reads_tables(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The chosen figures, or the latest; also as a file."""
        if self.is_export:
            exported: HttpResponse = self.as_spreadsheet(list(self._lines()), request.GET["export"])
            return exported
        context = self.get_context_data(
            stored=self.stored,
            chosen=self.chosen,
            scope=scope_name(self.chosen) if self.chosen else "",
            checks=[_shown(check) for check in self.chosen.tables] if self.chosen else [],
            chosen_name=CHOSEN,
            least=K,
            least_answers=LEAST_ANSWERS,
        )
        return self.render_to_response(context)

    def get_filename(self) -> str:
        """Of the export, without its ending."""
        if self.chosen is None:
            return "selbstchecks"
        region = self.chosen.region.slug if self.chosen.region else "alle-regionen"
        return f"selbstchecks-{region}-{self.chosen.quarter:%Y-%m}"

    @cached_property
    def header_more_buttons(self) -> list[object]:
        """Downloads where there is something to download."""
        return super().header_more_buttons if self.chosen else []

    @cached_property
    def stored(self) -> list[tuple[int, str]]:
        """All that can be chosen: key and name, newest first."""
        found = tables_for(self.request.user).select_related("region").defer("tables")
        return [(one.pk, f"{quarter_name(one.quarter)}: {scope_name(one)}") for one in found]

    @cached_property
    def chosen(self) -> QuarterTables | None:
        """What is asked for; what is out of reach or does not exist is the latest within reach."""
        keys = [str(pk) for pk, _name in self.stored]
        wanted = self.request.GET.get(CHOSEN, "")
        key = wanted if wanted in keys else next(iter(keys), None)
        found = tables_for(self.request.user).select_related("region")
        return found.filter(pk=key).first() if key else None

    def _lines(self) -> Iterator[Line]:
        if self.chosen is None:
            return
        names = quarter_name(self.chosen.quarter), scope_name(self.chosen)
        for check in self.chosen.tables:
            here = (*names, check["title"])
            yield Line(*here, "", "", _("took part"), check["total"])
            for section in check["sections"]:
                for question in section["questions"]:
                    for column, cell in zip(question["columns"], question["cells"], strict=True):
                        yield Line(
                            *here,
                            section["title"],
                            question["question"],
                            str(words_of(column)),
                            _("not shown") if cell is None else cell,
                        )


def scope_name(tables: QuarterTables) -> str:
    """The region, or that it is all of them."""
    return tables.region.name if tables.region else _("all regions")


def words_of(column: str) -> StrOrPromise:
    """An answer as one reads it: choices are text already."""
    return _WORDS.get(column, column)


def _shown(check: CheckOfQuarter) -> dict[str, object]:
    """A check for the template: questions with the same answers form one table."""
    sections = []
    for section in check["sections"]:
        groups: list[tuple[list[str], list[QuestionTable]]] = []
        for question in section["questions"]:
            if not groups or groups[-1][0] != question["columns"]:
                groups.append((question["columns"], []))
            groups[-1][1].append(question)
        sections.append(
            {
                "title": section["title"],
                "share": need_share(section["questions"], check["total"]),
                "groups": [(list(map(words_of, columns)), rows) for columns, rows in groups],
            }
        )
    return {**check, "audience": Side(check["audience"]).label, "sections": sections}


class CheckStatisticsMenuItem(MenuItem):
    """Shown to those for whom there can be figures."""

    def is_shown(self, request: SignedInRequest) -> bool:
        """Whether the signed-in person may read any."""
        return reads_tables(request.user)


def menu_item() -> MenuItem:
    """The menu item among the reports."""
    return CheckStatisticsMenuItem(
        gettext_lazy("Self-checks"),
        reverse_lazy("check_statistics"),
        name="check-statistics",
        icon_name=ICON,
        order=120,
    )

"""*Reports → Translations by page*: every public page, and how it stands in each other language."""

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Locale, Page, Site

from cms.accounts.requests import SignedInRequest
from workflows.translation.coverage import (
    Coverage,
    coverage_field,
    originals,
    other_languages,
    standing,
    target_field,
)

ICON = "site"


def _sections() -> QuerySet[Page]:
    """The lists right below the start page: what stands in one of them is a section."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    return Page.objects.child_of(site.root_page).filter(numchild__gt=0, live=True).order_by("path")


class CoverageFilterSet(WagtailFilterSet):
    """The filters beside the report."""

    section = django_filters.ChoiceFilter(
        label=gettext_lazy("Section"),
        method="by_section",
        choices=lambda: [(page.path, page.title) for page in _sections()],
    )
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a translation", "State"),
        method="by_state",
        choices=Coverage.choices,
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def by_section(self, pages: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        """The list and all below it."""
        return pages.filter(path__startswith=value)

    def by_state(self, pages: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        """Pages that stand so in one language at least."""
        return pages.filter(standing(other_languages(), value))


class CoverageColumn(Column):
    """How pages stand in one language, and what can be done about it."""

    cell_template_name = "admin/translation_coverage_cell.html"

    def __init__(self, locale: Locale) -> None:
        super().__init__(coverage_field(locale), label=locale.get_display_name())
        self.target = target_field(locale)

    def get_cell_context_data(
        self, instance: Page, parent_context: dict[str, object]
    ) -> dict[str, object]:
        """Add the state in words, and where to act."""
        context: dict[str, object] = super().get_cell_context_data(instance, parent_context)
        state = Coverage(getattr(instance, self.name))
        target = getattr(instance, self.target)
        context |= {"state": state, "action": _ACTIONS[state]}
        if state is Coverage.MISSING:
            context["url"] = reverse("wagtail_localize:submit_page_translation", args=[instance.pk])
        else:
            context["url"] = reverse("wagtailadmin_pages:edit", args=[target])
        return context


_ACTIONS = {
    Coverage.TRANSLATED: gettext_lazy("Open the translation"),
    Coverage.STALE: gettext_lazy("Update the translation"),
    Coverage.IN_REVIEW: gettext_lazy("Open the review"),
    Coverage.BEGUN: gettext_lazy("Go on translating"),
    Coverage.MISSING: gettext_lazy("Translate"),
}


def _label(state: str) -> str:
    return str(Coverage(state).label)


class CoverageView(PageReportView):
    """For the national desk: page by language. It tells of every house."""

    request: SignedInRequest

    page_title = gettext_lazy("Translations by page")
    header_icon = ICON
    index_url_name = "translation_coverage"
    index_results_url_name = "translation_coverage_results"
    # Wagtail's table of columns in place of its fixed one for pages.
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    filterset_class = CoverageFilterSet
    is_searchable = False

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        """A column for each language, in the table as in the export."""
        self.languages = other_languages()
        names: dict[str, Any] = {
            coverage_field(locale): locale.get_display_name() for locale in self.languages
        }
        self.list_export = ["title", *names, "full_url"]
        self.export_headings = {
            "title": gettext_lazy("Page"),
            "full_url": gettext_lazy("Address"),
            **names,
        }
        in_words = {"csv": _label, "xlsx": _label}
        self.custom_field_preprocess = dict.fromkeys(names, in_words)
        super().setup(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        """The page, its kind, and one for each language."""
        return [
            TitleColumn("title", label=_("Page"), url_name="wagtailadmin_pages:edit"),
            Column("type", label=_("Kind of page"), accessor="page_type_display_name"),
            *(CoverageColumn(locale) for locale in self.languages),
        ]

    def get_filename(self) -> str:
        """With the day: it is another one tomorrow."""
        return f"uebersetzungen-{timezone.localdate():%Y-%m-%d}"

    def get_base_queryset(self) -> QuerySet[Page]:
        """The public originals with their kinds."""
        return originals(self.languages).select_related("content_type", "locale")

    def order_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """As they stand in the tree: what belongs together stays together."""
        return queryset

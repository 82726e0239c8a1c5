"""How forms of cooperation and examples are found (F6: by four facets)."""

import datetime
from collections.abc import Iterable

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from examples.choices import Direction, Money
from examples.models import CooperationFormPage, ExamplePage
from examples.models.common import FACET_FIELDS
from search.facets import fixed_choices
from search.registry import (
    NAMED_FACET,
    TOPIC_FACET,
    Choice,
    Facet,
    SearchDocument,
    register_document,
    register_facet,
)

FACET_NAMES = {
    "topics": TOPIC_FACET,
    "parties": "beteiligte",
    "procedures": "verfahren",
    "results": "ergebnis",
}


def term_facets(page: CooperationFormPage | ExamplePage) -> dict[str, Iterable[str]]:
    """The four mandated facets, by the names used in addresses."""
    return {
        FACET_NAMES[field]: [term.key for term in getattr(page, field).all()]
        for field in FACET_FIELDS
    }


class CooperationFormDocument(SearchDocument[CooperationFormPage]):
    """How a form of cooperation is found and which facets it has."""

    type_key = "kooperationsform"
    label = _("Form of cooperation")
    label_plural = _("Forms of cooperation")

    def text(self, page: CooperationFormPage) -> str:
        parts: list[object] = [
            page.how_it_works,
            page.benefit_zo,
            page.benefit_kmu,
            page.next_step,
            page.programmes,
            page.body,
        ]
        return " ".join(self.plain(part) for part in parts)

    def facets(self, page: CooperationFormPage) -> dict[str, Iterable[str]]:
        """The four facets and the direction."""
        return {**term_facets(page), "richtung": [page.direction]}


class ExampleDocument(SearchDocument[ExamplePage]):
    """How an example is found and which facets it has."""

    type_key = "beispiel"
    label = _("Example")
    label_plural = _("Examples")

    def text(self, page: ExamplePage) -> str:
        """Everything a visitor reads, with the names of the partners."""
        parts: list[object] = [
            page.course,
            page.outcome,
            page.benefit_zo,
            page.benefit_kmu,
            page.obstacles,
            page.next_step,
            " ".join(partner.name for partner in page.partners.all()),
            *self._months(page),
        ]
        return " ".join(self.plain(part) for part in parts)

    def _months(self, page: ExamplePage) -> list[str]:
        """Beginning and end of the period, as the page shows them in its language."""
        months = (page.period_start, page.period_end)
        with translation.override(page.locale.language_code):
            return [date_format(month, "YEAR_MONTH_FORMAT") for month in months if month]

    def facets(self, page: ExamplePage) -> dict[str, Iterable[str]]:
        """The four facets, the form, money and direction."""
        return {
            **term_facets(page),
            "form": [page.form.facet_key] if page.form else [],
            "geld": [page.money],
            NAMED_FACET: [str(programme.translation_key) for programme in page.programmes],
            "richtung": [page.direction],
        }

    def date(self, page: ExamplePage) -> datetime.date | None:
        """When it began or was first published, whichever says more about being new."""
        published = page.first_published_at
        return published.date() if published else page.period_start


def form_choices(language: str) -> list[Choice]:
    """All forms of cooperation: titled in ``language``, addressed by their German slug."""
    rows = (
        CooperationFormPage.objects.live()
        .filter(locale__language_code__in={language, "de"})
        .order_by("order", "title")
        .values_list("translation_key", "locale__language_code", "title", "slug")
    )
    titles: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for key, row_language, title, slug in rows:
        if row_language == language or str(key) not in titles:
            titles[str(key)] = title
        if row_language == "de" or str(key) not in slugs:
            slugs[str(key)] = slug
    return [Choice(key, title, slugs[key]) for key, title in titles.items()]


def register() -> None:
    """Register the documents and facets of this room."""
    register_document(CooperationFormPage, CooperationFormDocument)
    register_document(ExamplePage, ExampleDocument)
    register_facet(
        Facet(
            "form",
            _("Form of cooperation"),
            choices=form_choices,
            relatedness=1.0,
            names="subject",
        )
    )
    money = fixed_choices(Money.choices)
    register_facet(Facet("geld", _("Money"), choices=money, is_searchable=False))
    direction = fixed_choices(Direction.choices)
    register_facet(Facet("richtung", _("Direction"), choices=direction, is_searchable=False))

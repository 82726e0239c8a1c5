"""How knowledge pages and studies are found."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from knowledge.choices import StudyKind
from knowledge.models import KnowledgePage, StudyPage
from search.facets import fixed_choices
from search.registry import (
    TOPIC_FACET,
    Choice,
    Facet,
    SearchDocument,
    register_document,
    register_facet,
)


class KnowledgeDocument(SearchDocument[KnowledgePage]):
    """Found by its text and its topics."""

    type_key = "wissen"
    label = _("Knowledge")
    label_plural = _("Knowledge pages")

    def text(self, page: KnowledgePage) -> str:
        """Everything below the summary."""
        return self.plain(page.body)

    def facets(self, page: KnowledgePage) -> dict[str, Iterable[str]]:
        """What it is about, in the words of all lists."""
        return {TOPIC_FACET: [term.key for term in page.topics.all()]}


class StudyDocument(SearchDocument[StudyPage]):
    """Found by its text, its citation and its topics; the latest first."""

    type_key = "studie"
    label = _("Study")
    label_plural = _("Studies and background articles")

    def text(self, page: StudyPage) -> str:
        """What it says in plain words, and how it is cited."""
        return " ".join([self.plain(page.body), page.citation, page.doi])

    def facets(self, page: StudyPage) -> dict[str, Iterable[str]]:
        """Kind, year and topics: what one looks for in a library."""
        return {
            "studienart": [page.kind],
            "jahr": [str(page.year)] if page.year else [],
            TOPIC_FACET: [term.key for term in page.topics.all()],
        }

    def date(self, page: StudyPage) -> datetime.date | None:
        """Its year, since that is all a citation says."""
        return datetime.date(page.year, 1, 1) if page.year else None


def year_choices(language: str) -> list[Choice]:
    """The years in which public studies came out, the latest first."""
    years = StudyPage.objects.live().exclude(year=None).order_by("-year")
    return [
        Choice(key, key, key) for key in map(str, years.values_list("year", flat=True).distinct())
    ]


def register() -> None:
    """Register the documents and facets of this room."""
    register_document(KnowledgePage, KnowledgeDocument)
    register_document(StudyPage, StudyDocument)
    kinds = fixed_choices(StudyKind.choices)
    register_facet(Facet("studienart", _("Kind of publication"), choices=kinds))
    register_facet(Facet("jahr", _("Year"), choices=year_choices, is_searchable=False))

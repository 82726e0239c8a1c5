"""How standard pages are found."""

from django.utils.translation import gettext_lazy as _

from home.models import StandardPage
from search.registry import SearchDocument, register_document


class StandardDocument(SearchDocument[StandardPage]):
    """Found by its text; the date is that of its last publication."""

    type_key = "seite"
    label = _("Page")
    label_plural = _("Pages")

    def text(self, page: StandardPage) -> str:
        return self.plain(page.body)


def register() -> None:
    """Register the documents of this room."""
    register_document(StandardPage, StandardDocument)

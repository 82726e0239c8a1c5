"""How standard pages are found."""

import datetime

from django.utils.translation import gettext_lazy as _

from home.models import StandardPage
from search.registry import Document, register_document


class StandardDocument(Document):
    """Found by its text; the date is that of its last publication."""

    type_key = "seite"
    label = _("Page")
    label_plural = _("Pages")

    def text(self, page: StandardPage) -> str:
        return self.plain(page.body)

    def expires_on(self, page: StandardPage) -> datetime.date | None:
        """After this day it is no longer listed."""
        return page.expires_on


def register() -> None:
    """Register the documents of this room."""
    register_document(StandardPage, StandardDocument)

"""How self-checks, forms and check weeks are found."""

import datetime

from django.utils.translation import gettext_lazy as _

from checks.models import CheckWeekPage, FormPage, SelfCheckPage
from search.registry import SearchDocument, register_document


class SelfCheckDocument(SearchDocument[SelfCheckPage]):
    """Found by its introduction, its sections and its questions; advice is for who answers."""

    type_key = "selbstcheck"
    label = _("Self-check")
    label_plural = _("Self-checks")
    prefetch_related = ("form_fields",)

    def text(self, page: SelfCheckPage) -> str:
        """What one reads before and while filling in."""
        questions = (f"{row.label} {row.help_text}" for row in page.form_fields.all())
        return " ".join([self.plain(page.introduction), *questions])


class FormDocument(SearchDocument[FormPage]):
    """Found by its introduction and purpose."""

    type_key = "formular"
    label = _("Form")
    label_plural = _("Forms")

    def text(self, page: FormPage) -> str:
        """What one reads before filling it in."""
        return f"{self.plain(page.introduction)} {page.purpose}"

    def expires_at(self, page: FormPage) -> datetime.datetime | None:
        """The end of its last day."""
        return page.closes_at


class CheckWeekDocument(SearchDocument[CheckWeekPage]):
    """Found by its introduction, until it is over."""

    type_key = "checkwoche"
    label = _("Check week")
    label_plural = _("Check weeks")

    def text(self, page: CheckWeekPage) -> str:
        """What one reads before taking part."""
        return self.plain(page.introduction)

    def expires_at(self, page: CheckWeekPage) -> datetime.datetime | None:
        """The end of its last day."""
        return page.ends_at


def register() -> None:
    """Register the documents of this room."""
    register_document(SelfCheckPage, SelfCheckDocument)
    register_document(FormPage, FormDocument)
    register_document(CheckWeekPage, CheckWeekDocument)

"""How self-checks are found."""

from django.utils.translation import gettext_lazy as _

from checks.models import SelfCheckPage
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


def register() -> None:
    """Register the document of this room."""
    register_document(SelfCheckPage, SelfCheckDocument)

"""The panel *Consent* in the editor of page types that name people or partners."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import Panel

from cms.consents.forms import NAMES

if TYPE_CHECKING:
    from laces.typing import RenderContext


class ConsentPanel(Panel):
    """A row for everybody whom the page names, quotes or shows; no field of the page."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("heading", pgettext_lazy("panel", "Consent"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy(
                "Who is named, quoted or shown here has to agree. You are asked for it when you "
                "submit the page. Visitors see nothing of this."
            ),
        )
        super().__init__(**kwargs)

    @property
    def clean_name(self) -> str:
        """Its anchor; it stands for no field that would give it one."""
        return "consents"

    class BoundPanel(Panel.BoundPanel):
        """The rows of one form."""

        template_name = "admin/consent_panel.html"

        def get_context_data(
            self, parent_context: "RenderContext | None" = None
        ) -> dict[str, object]:
            """The rows, which the form builds."""
            context: dict[str, object] = super().get_context_data(parent_context)
            consents = self.form.consents
            return {**context, "consents": consents, "NAMES": NAMES}

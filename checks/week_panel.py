"""The panel *Participants* in the editor of a check week: a number from five on."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

if TYPE_CHECKING:
    from laces.typing import RenderContext


class TakenPartPanel(Panel):
    """How many have taken part; no field of the page, and nothing of what they answered."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Participants"))
        super().__init__(**kwargs)

    @property
    def clean_name(self) -> str:
        """Its anchor; it stands for no field that would give it one."""
        return "participants"

    class BoundPanel(Panel.BoundPanel):
        """The number of one page."""

        template_name = "admin/check_week_panel.html"

        def get_context_data(
            self, parent_context: "RenderContext | None" = None
        ) -> dict[str, object]:
            """The number, and the short address once there is one."""
            context: dict[str, object] = super().get_context_data(parent_context)
            page = self.instance
            if page.pk:
                context["number"] = page.taken_part()
                context["short_url"] = self.request.build_absolute_uri(page.short_path)
            return context

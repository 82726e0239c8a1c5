"""Panels of our own in the page editor."""

from typing import Any

from wagtail.admin.panels import Panel

from cms.editing.content_checks import issues_of


class ContentChecksPanel(Panel):
    """What to look at again, on top of the form; empty where all is well.

    Renewed when the page has saved itself: ``templates/wagtailadmin/pages/edit_partials.html``.
    """

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "admin/content_checks.html"

        @property
        def issues(self) -> list[Any]:
            """The draft is what the form was filled with; who begins a page is not blamed."""
            return issues_of(self.instance) if self.instance.pk else []

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add the issues found on the page."""
            return super().get_context_data(parent_context) | {"issues": self.issues}

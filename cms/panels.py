"""Panels of our own in the page editor."""

from typing import Any

from wagtail.admin.panels import Panel

from cms.content_checks import issues_of


class ContentChecksPanel(Panel):
    """What to look at again, on top of the form; nothing where all is well."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "admin/content_checks.html"

        def is_shown(self) -> bool:
            """Only for pages that have been saved and have something to look at."""
            return bool(super().is_shown() and self.instance.pk and self.issues)

        @property
        def issues(self) -> list[Any]:
            """Found once per form: the draft is what the form was filled with."""
            if not hasattr(self, "_issues"):
                self._issues = issues_of(self.instance)
            return self._issues

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add what was found."""
            return super().get_context_data(parent_context) | {"issues": self.issues}

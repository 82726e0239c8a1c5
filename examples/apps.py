"""App configuration of the examples."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamplesConfig(AppConfig):
    """Forms of cooperation (patterns) and examples (cases)."""

    name = "examples"
    verbose_name = _("Examples")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register documents, facets and the section every house gets."""
        from examples import search_documents
        from examples.models import CooperationFormIndexPage, ExampleIndexPage
        from regions.provisioning.create import Section, register_section

        search_documents.register()
        register_section(
            Section(
                ExampleIndexPage,
                slug="beispiele",
                title=_("Examples"),
                summary=_("Who works together in %(region)s, and what came of it."),
                national_summary=_("Who works together, and what came of it."),
            )
        )
        register_section(
            Section(
                CooperationFormIndexPage,
                slug="kooperationsformen",
                title=_("Forms of cooperation"),
                summary=_("How associations and companies can work together."),
                in_houses=False,
            )
        )

"""App configuration of the knowledge room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    """What the guide knows, and studies."""

    name = "knowledge"
    verbose_name = _("Knowledge")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the documents with their facets, and the national lists."""
        from knowledge import search_documents
        from knowledge.models import KnowledgeIndexPage, StudyIndexPage
        from regions.provisioning.create import Section, register_section

        search_documents.register()
        register_section(
            Section(
                KnowledgeIndexPage,
                slug="wissen",
                title=_("Knowledge"),
                summary=_(
                    "What associations and companies gain from one another, and how to begin."
                ),
                in_houses=False,
            )
        )
        register_section(
            Section(
                StudyIndexPage,
                slug="studien",
                title=_("Studies"),
                summary=_("What research says about associations and companies, in plain words."),
                in_houses=False,
            )
        )

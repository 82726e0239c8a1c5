"""App configuration of home and standard pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home page, standard pages, navigation."""

    name = "home"
    verbose_name = _("Home")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home import search_documents
        from home.glossary import suggestions
        from home.glossary.matching import glossary_words
        from workflows.slips import register_terms

        search_documents.register()
        suggestions.register()
        register_terms(glossary_words)

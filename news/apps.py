"""App configuration of the news."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """News of the houses and of the national desk."""

    name = "news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the documents, the section every house gets, and teasers."""
        from news import search_documents
        from news.models import NewsIndexPage
        from regions.provisioning.create import Section, register_section
        from regions.teasers import Place, Teasers, register_teasers

        search_documents.register()
        register_teasers(
            Teasers(
                Place.HOME_BELOW_TEXT, "aktuelles", _("News"), _("All news"), order=10, by_date=True
            ),
            Teasers(Place.HOUSE, "aktuelles", _("News from the house"), _("All news"), order=10),
        )
        register_section(
            Section(
                NewsIndexPage,
                slug="aktuelles",
                title=_("News"),
                summary=_("What is going on in %(region)s."),
                national_summary=_("What is going on in the houses and nationwide."),
            )
        )

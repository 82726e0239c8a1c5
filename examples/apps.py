"""App configuration of the examples."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamplesConfig(AppConfig):
    """Forms of cooperation (patterns) and examples (cases)."""

    name = "examples"
    verbose_name = _("Examples")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register documents, facets, the section every house gets, and teasers."""
        from examples import search_documents
        from examples.models import CooperationFormIndexPage, ExampleIndexPage
        from regions.provisioning.create import Section, register_section
        from regions.teasers import Place, Teasers, register_teasers
        from search.recommendations import Recommendation, register_recommendation

        search_documents.register()
        register_recommendation(
            Recommendation("kooperationsform", _("Form of cooperation"), order=10)
        )
        register_recommendation(Recommendation("beispiel", _("Example"), order=20))
        heading, more = _("Examples from the regions"), _("All examples")
        register_teasers(
            Teasers(Place.HOME_ABOVE_TEXT, "beispiel", heading, more, order=20),
            Teasers(
                Place.HOUSE,
                "beispiel",
                _("What others have done here"),
                more,
                order=20,
                prefers_topics=True,
            ),
            Teasers(Place.KNOWLEDGE, "beispiel", _("Examples"), more, order=20),
        )
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

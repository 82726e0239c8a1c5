"""App configuration of the funding room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    """Funding programmes: what one can apply for, here and now."""

    name = "funding"
    verbose_name = _("Funding")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the document, its facets, the section of every house, teasers, periodic work."""
        from cms.jobs.registry import register
        from cms.models.sides import Side
        from funding import expired_additions, handlers, search_documents
        from funding.areas import NATION_KEY
        from funding.choices import AREA_FACET, CIVIL_SOCIETY, COMPANIES, WHO_FACET
        from funding.links.periodic import EVERY, check_links
        from funding.models import FundingIndexPage
        from regions.provisioning.create import Section, register_section
        from regions.teasers import Place, Teasers, register_teasers
        from search.engines.base import Preference
        from search.recommendations import Recommendation, register_recommendation

        search_documents.register()
        handlers.connect()
        register("funding_links", EVERY, check_links, _("Checking the links of programmes"))
        register(
            "funding_additions",
            expired_additions.EVERY,
            expired_additions.find_without_expired,
            _("Expired additions to programmes"),
        )
        register_recommendation(
            Recommendation(
                "foerderung",
                _("Funding programme"),
                order=30,
                everywhere=Preference(AREA_FACET, (NATION_KEY,), weight=0),
                sides={
                    Side.ZO: Preference(WHO_FACET, tuple(sorted(CIVIL_SOCIETY)), weight=0),
                    Side.KMU: Preference(WHO_FACET, tuple(sorted(COMPANIES)), weight=0),
                },
            )
        )
        register_section(
            Section(
                FundingIndexPage,
                slug="foerderung",
                title=_("Funding"),
                summary=_("What one can apply for in %(region)s."),
                national_summary=_("What one can apply for: find out in three questions."),
            )
        )
        register_teasers(
            Teasers(
                Place.HOUSE,
                "foerderung",
                _("Funding here"),
                _("All funding"),
                order=25,
                prefers_topics=True,
            ),
            Teasers(Place.KNOWLEDGE, "foerderung", _("Funding"), _("All funding"), order=25),
        )

"""App configuration of the regions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    """Houses of cooperation: the tenants of the site."""

    name = "regions"
    verbose_name = _("Regions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the region facet, the documents, the handlers and periodic work."""
        from regions import documents, handlers
        from regions.enquiries import retention
        from regions.isolation import seams
        from regions.people import holdings
        from regions.people import retention as people_retention

        documents.register()
        handlers.connect()
        retention.register()
        seams.connect()
        people_retention.register()
        for holding in (
            holdings.Drafts,
            holdings.Submissions,
            holdings.Enquiries,
            holdings.OpenInvitations,
        ):
            holdings.register(holding())

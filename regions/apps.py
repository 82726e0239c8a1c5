"""App configuration of the regions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    """Houses of cooperation: the tenants of the site."""

    name = "regions"
    verbose_name = _("Regions")
    public_urls = "regions.urls"
    api_router = "regions.api.router"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the region facet, the documents, the handlers and periodic work."""
        from regions import handlers, search_documents
        from regions.enquiries import retention
        from regions.finder import house_list, search_places
        from regions.isolation import system_checks, wagtail_urls  # noqa: F401 - registers itself
        from regions.people import absences, responsibilities
        from regions.people import retention as people_retention
        from regions.trash import storing

        search_documents.register()
        handlers.connect()
        house_list.connect()
        search_places.register()
        retention.register()
        wagtail_urls.declare_all()
        people_retention.register()
        storing.register()
        absences.register()
        for responsibility in (
            responsibilities.Drafts,
            responsibilities.Submissions,
            responsibilities.Enquiries,
            responsibilities.OpenInvitations,
        ):
            responsibilities.register(responsibility())

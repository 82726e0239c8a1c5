"""App configuration of the self-checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    """Self-checks of organisations and companies."""

    name = "checks"
    verbose_name = _("Self-checks")
    public_urls = "checks.urls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the document, the national section and periodic work."""
        from checks import handlers, preview, retention, search_documents
        from checks.models import SelfCheckIndexPage
        from checks.plan import reminders
        from checks.requests import emails as form_emails
        from checks.requests import retention as form_retention
        from checks.statistics import quarters
        from regions.provisioning.create import Section, register_section

        search_documents.register()
        retention.register()
        reminders.register()
        quarters.register()
        form_retention.register()
        form_emails.register()
        handlers.connect()
        preview.connect()
        register_section(
            Section(
                SelfCheckIndexPage,
                slug="checks",
                title=_("Self-checks"),
                summary=_("See where you stand, and what comes next. No marks, no account."),
                in_houses=False,
            )
        )

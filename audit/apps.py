"""App configuration of the audit trail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The audit trail: Wagtail's log, with houses, filtered for who reads it."""

    name = "audit"
    verbose_name = _("Log")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Record a trail entry with every log entry, log accounts, register the retention job."""
        from audit import account_log, record, retention

        record.connect()
        account_log.connect()
        retention.register()

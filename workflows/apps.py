"""App configuration of the review."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    """Review tasks, the publish gate, notifications."""

    name = "workflows"
    verbose_name = _("Review")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect notifications and translations, and register periodic work."""
        from workflows import notifications, schedule, translation_setup

        notifications.connect()
        translation_setup.connect()
        schedule.register()

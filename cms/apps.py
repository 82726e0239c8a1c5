"""App configuration of the foundation."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CmsConfig(AppConfig):
    """The foundation room: base models, blocks, settings."""

    name = "cms"
    verbose_name = pgettext_lazy("basis of the site", "Foundation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect signal handlers, system checks and periodic work."""
        from wagtail.permissions import register_permission_policy

        from cms import (
            handlers,
            system_checks,  # noqa: F401
            wagtail_patches,
        )
        from cms.accounts import handlers as accounts
        from cms.consents import retention
        from cms.dashboard import daily_digest, weekly_digest
        from cms.delivery import change_tracking
        from cms.editing import date_comparison, page_editor
        from cms.editing.permission_policies import ReadOnlyPolicy
        from cms.files import willow_sizes
        from cms.jobs import queue_metrics, registrations
        from cms.models import OutgoingMail, PeriodicRun

        change_tracking.connect(self)
        handlers.connect()
        accounts.connect()
        registrations.register_work()
        queue_metrics.register_metrics()
        weekly_digest.register()
        daily_digest.register()
        retention.register()
        willow_sizes.register()
        page_editor.connect()
        date_comparison.connect()
        for model in (OutgoingMail, PeriodicRun):
            register_permission_policy(model, ReadOnlyPolicy(model))
        # The last of our apps to be ready and before Wagtail's, whose views take what stands here.
        wagtail_patches.apply()

"""App configuration of the review."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    """Review tasks, the publish gate, notifications."""

    name = "workflows"
    verbose_name = _("Review")
    root_urls = "workflows.urls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows the review, register periodic work."""
        from wagtail.models import Task, Workflow
        from wagtail.permissions import register_permission_policy

        from cms.editing.permission_policies import ReadOnlyPolicy
        from regions.people import responsibilities as people_responsibilities
        from workflows import (
            handlers,
            notifications,
            reminders,
            responsibilities,
            scheduled_publishing,
        )
        from workflows.preview_links import links as preview_links

        # The two ways of review are part of the software; without them nobody can publish.
        for model in (Task, Workflow):
            register_permission_policy(model, ReadOnlyPolicy(model))
        notifications.connect()
        handlers.connect()
        people_responsibilities.register(responsibilities.Reviews())
        scheduled_publishing.register()
        reminders.register()
        preview_links.register()

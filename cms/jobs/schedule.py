"""Periodic work of the foundation."""

import datetime

from django.utils.translation import gettext_lazy as _

from cms.accounts.sessions import clear_expired
from cms.jobs.mail_queue import send_waiting
from cms.jobs.registry import register
from cms.jobs.renditions import scale_pictures


def register_work() -> None:
    """Register what the foundation does periodically."""
    register("mails", datetime.timedelta(seconds=15), send_waiting, _("Sending mails"))
    register("pictures", datetime.timedelta(seconds=10), scale_pictures, _("Scaling pictures"))
    register("sessions", datetime.timedelta(days=1), clear_expired, _("Clearing expired sessions"))

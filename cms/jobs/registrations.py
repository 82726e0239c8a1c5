"""The periodic work of this folder: sending mails, scaling pictures."""

import datetime

from django.utils.translation import gettext_lazy as _

from cms.jobs.mail_queue import send_waiting
from cms.jobs.registry import register
from cms.jobs.renditions import scale_pictures


def register_work() -> None:
    """Register what is done every few seconds; other folders register their own."""
    register("mails", datetime.timedelta(seconds=15), send_waiting, _("Sending mails"))
    register("pictures", datetime.timedelta(seconds=10), scale_pictures, _("Scaling pictures"))

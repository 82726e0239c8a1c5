"""The periodic work of this folder: mails, pictures, remains of files, tasks that died."""

import datetime

from django.utils.translation import gettext_lazy as _

from cms.jobs.mail_queue import send_waiting
from cms.jobs.orphaned_files import remove_orphaned_files
from cms.jobs.registry import register
from cms.jobs.renditions import scale_pictures
from cms.jobs.task_workers import connect, has_workers, resume_dead_tasks


def register_work() -> None:
    """Register the work; other folders register their own."""
    register("mails", datetime.timedelta(seconds=15), send_waiting, _("Sending mails"))
    register("pictures", datetime.timedelta(seconds=10), scale_pictures, _("Scaling pictures"))
    register(
        "orphaned_files",
        datetime.timedelta(hours=1),
        remove_orphaned_files,
        _("Removing file remains"),
    )
    if has_workers():
        connect()
        register(
            "tasks",
            datetime.timedelta(seconds=10),
            resume_dead_tasks,
            _("Resuming background tasks"),
        )

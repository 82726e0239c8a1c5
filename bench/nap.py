"""A background task that takes a while, to kill a worker in the middle of it."""

import time

from django_tasks import task


@task()
def nap(seconds: float) -> None:
    """Do nothing for so many seconds."""
    time.sleep(seconds)


def queue(seconds: float) -> str:
    """Have a worker do it; gives the id of the task."""
    return str(nap.enqueue(seconds).id)

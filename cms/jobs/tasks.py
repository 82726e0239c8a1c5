"""Background work of the embedded default: in process, once the transaction has committed."""

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult


class AfterCommitBackend(ImmediateBackend):
    """Run a task in this process after the surrounding transaction.

    Wagtail enqueues its reference and search index tasks from ``post_save``,
    before modelcluster has written child relations; run at once they miss what
    was added in the same save, such as a tag.
    """

    def _execute_task(self, task_result: TaskResult[object]) -> None:
        transaction.on_commit(lambda: super(AfterCommitBackend, self)._execute_task(task_result))

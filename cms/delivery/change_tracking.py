"""Notices every change of what a page may show, at the one place all of them pass: the database.

Signals miss what is written in bulk and Wagtail's own SQL (moving a tree); a list of models
misses the next one. So every statement that writes counts, unless the model of its table declares
``changes_public_pages = False`` or it only saves a draft. The note is written in the transaction
of the change: both are seen together, or neither is, whatever ends the process in between.
"""

import datetime
import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.jobs.registry import register
from cms.models.changes import PublicChange
from cms.models.pages import DRAFT_ONLY_FIELDS

KEPT = datetime.timedelta(hours=1)
EVERY = datetime.timedelta(hours=6)

_WRITE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)"
    r"\s+(?:ONLY\s+)?[\"`]?(\w+)",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s*WITH\b.*\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b", re.I | re.S)
_SET = re.compile(r"\bSET\b(.*?)(?:\bWHERE\b|$)", re.IGNORECASE | re.DOTALL)
_COLUMN = re.compile(r'"(\w+)" = ')

_forgetters: list[Callable[[], None]] = []


def on_own_change(forget: Callable[[], None]) -> None:
    """Have ``forget`` called after every commit of this process that changed what is public."""
    _forgetters.append(forget)


def in_changed_transaction() -> bool:
    """Whether the open transaction sees what may still be rolled back."""
    return _mark() is not None


def uncommitted_values() -> dict[Hashable, Any] | None:
    """What may be cached while the open transaction sees what others do not see yet.

    Emptied by its next change; a savepoint has values of its own, so that nothing survives
    its rollback.

    Returns:
        The values, or ``None`` if the transaction has changed nothing.
    """
    mark = _mark()
    if mark is None:
        return None
    return mark.values.setdefault(tuple(connection.savepoint_ids), {})


def _mark() -> "_Noted | None":
    marks = (entry[1] for entry in reversed(connection.run_on_commit))
    return next((mark for mark in marks if isinstance(mark, _Noted)), None)


class _Noted:
    """Marks a transaction whose change is noted already.

    Django keeps on-commit functions exactly as long as the transaction or savepoint they were
    registered in: rolled back, note and mark are gone together.
    """

    position = -1

    def __init__(self) -> None:
        self.values: dict[tuple[str | None, ...], dict[Hashable, Any]] = {}

    def __call__(self) -> None:
        """Tell this process at once; the others ask."""
        for forget in _forgetters:
            forget()


class _Watch:
    """Is given every statement of a connection."""

    #: While tables are made and moved the note's own may be missing; processes start anew after.
    migrating = False

    def __init__(self) -> None:
        self._noted = _Noted()

    def __call__(
        self,
        execute: Callable[..., object],
        sql: str,
        params: object,
        many: bool,
        context: Mapping[str, Any],
    ) -> object:
        """Carry the statement out; where it changes what is public, in one transaction with it."""
        if not is_public_change(str(sql)) or _Watch.migrating:
            return execute(sql, params, many, context)
        connection: BaseDatabaseWrapper = context["connection"]
        if connection.in_atomic_block:
            result = execute(sql, params, many, context)
            self._note(connection)
            return result
        if connection.vendor == "sqlite" and "RETURNING" in str(sql):
            # SQLite cannot commit before the rows that a statement returns are fetched. Nor need
            # it: what is written before that is committed together with it.
            result = execute(sql, params, many, context)
            self._note(connection)
            return result
        with transaction.atomic(using=connection.alias):
            result = execute(sql, params, many, context)
            self._note(connection)
        return result

    def _note(self, connection: BaseDatabaseWrapper) -> None:
        marks = connection.run_on_commit
        # What stands before a mark in the list goes only together with it.
        where = self._noted.position
        if 0 <= where < len(marks) and marks[where][1] is self._noted:
            self._noted.values.clear()
            return
        PublicChange.objects.using(connection.alias).create()
        self._noted = _Noted()
        self._noted.position = len(marks)
        transaction.on_commit(self._noted, using=connection.alias)


@cache
def _draft_columns() -> frozenset[str]:
    fields = (field for field in Page._meta.concrete_fields if field.name in DRAFT_ONLY_FIELDS)
    return frozenset(field.column for field in fields if field.column)


@cache
def _is_private(table: str) -> bool:
    """Whether no public page shows anything of a table: its model says so, or the settings do."""
    declared = _declarations().get(table)
    if declared is None:
        return table.startswith(tuple(settings.THIRD_PARTY_PRIVATE_TABLES))
    return not declared


@cache
def _declarations() -> dict[str, bool]:
    """What the models declare, by table; a many-to-many table goes with the model it is of."""
    declared: dict[str, bool] = {}
    for model in apps.get_models(include_auto_created=True):
        owner = model._meta.auto_created or model
        changes = getattr(owner, "changes_public_pages", None)
        if changes is not None:
            declared[model._meta.db_table] = changes
    return declared


def is_public_change(sql: str) -> bool:
    """Whether a statement may change what visitors see.

    Args:
        sql: as it goes to the database.
    """
    if sql.startswith("SELECT"):
        return False
    write = _WRITE.match(sql)
    if write is None:
        return _WITH.match(sql) is not None
    table = write.group(1).lower()
    if _is_private(table):
        return False
    if table == Page._meta.db_table and (assigned := _SET.search(sql)):
        columns = _COLUMN.findall(assigned.group(1))
        return not columns or not _draft_columns().issuperset(columns)
    return True


def _watch(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    if connection.alias != DEFAULT_DB_ALIAS:
        return
    if not any(isinstance(wrapper, _Watch) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(_Watch())


def _before_migrating(**kwargs: object) -> None:
    _Watch.migrating = True


def _after_migrating(**kwargs: object) -> None:
    _Watch.migrating = False


def forget_old(now: datetime.datetime | None = None) -> int:
    """Delete notes every process has long read, but never the last one.

    Without any note the version would be that of the time before the first one: a process that
    asked nobody in between would take what it had cached then for the present.

    Returns:
        How many.
    """
    old = PublicChange.objects.filter(at__lt=(now or timezone.now()) - KEPT)
    last = PublicChange.objects.order_by("-pk").values("pk")[:1]
    return old.exclude(pk__in=last).delete()[0]


def _run() -> str:
    return _("%(number)d deleted") % {"number": forget_old()}


def connect(app_config: object) -> None:
    """Watch every connection from its start; called once when the app is ready."""
    connection_created.connect(_watch, dispatch_uid="cms.delivery.change_tracking")
    pre_migrate.connect(
        _before_migrating, sender=app_config, dispatch_uid="cms.delivery.change_tracking"
    )
    post_migrate.connect(
        _after_migrating, sender=app_config, dispatch_uid="cms.delivery.change_tracking"
    )
    register("cms.public_changes", EVERY, _run, gettext_lazy("Tidying up the page cache"))

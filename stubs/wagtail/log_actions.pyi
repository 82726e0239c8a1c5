from collections.abc import Callable
from typing import TypeVar, overload
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, QuerySet
from django.utils.functional import _StrOrPromise
from wagtail.models.audit_log import BaseLogEntry

_Formatter = TypeVar("_Formatter", bound=type[LogFormatter])

class LogFormatter:
    label: _StrOrPromise
    message: _StrOrPromise
    comment: _StrOrPromise
    def format_message(self, log_entry: BaseLogEntry) -> _StrOrPromise: ...
    def format_comment(self, log_entry: BaseLogEntry) -> _StrOrPromise: ...

class LogContext:
    user: AbstractBaseUser | None
    uuid: UUID | None
    def __init__(
        self, user: AbstractBaseUser | None = None, generate_uuid: bool = True
    ) -> None: ...
    def __enter__(self) -> LogContext: ...
    def __exit__(self, type: object, value: object, traceback: object) -> None: ...

def get_active_log_context() -> LogContext: ...

class LogActionRegistry:
    formatters: dict[str, LogFormatter]
    def scan_for_actions(self) -> None: ...
    @overload
    def register_action(self, action: str) -> Callable[[_Formatter], None]: ...
    @overload
    def register_action(
        self, action: str, label: _StrOrPromise, message: _StrOrPromise
    ) -> None: ...
    def get_choices(self) -> list[tuple[str, _StrOrPromise]]: ...
    def get_formatter(self, log_entry: BaseLogEntry) -> LogFormatter | None: ...
    def get_action_label(self, action: str) -> _StrOrPromise: ...
    def get_log_model_for_instance(self, instance: Model) -> type[BaseLogEntry] | None: ...
    def get_logs_for_instance(self, instance: Model) -> QuerySet[BaseLogEntry]: ...

registry: LogActionRegistry

def log(
    instance: Model,
    action: str,
    *,
    user: AbstractBaseUser | None = None,
    uuid: UUID | None = None,
    **kwargs: object,
) -> BaseLogEntry | None: ...

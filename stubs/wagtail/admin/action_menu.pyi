from collections.abc import Mapping
from typing import Any

from django.utils.functional import _StrOrPromise
from wagtail.admin.ui.components import Component

class ActionMenuItem(Component):
    order: int
    label: _StrOrPromise
    name: str | None
    classname: str
    icon_name: str
    def __init__(self, order: int | None = None) -> None: ...
    def is_shown(self, context: Mapping[str, Any]) -> bool: ...
    def get_url(self, parent_context: Mapping[str, Any]) -> str | None: ...

class SubmitForModerationMenuItem(ActionMenuItem): ...

class WorkflowMenuItem(ActionMenuItem):
    launch_modal: bool
    def __init__(
        self, name: str, label: _StrOrPromise, launch_modal: bool, *args: Any, **kwargs: Any
    ) -> None: ...

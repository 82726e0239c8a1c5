"""Every address of the site, as it stands in the resolver."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLResolver, get_resolver
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

BULK = "wagtail_bulk_action"
API_ACTION = "wagtailadmin_api:pages:action"


@dataclass(frozen=True)
class Address:
    """One pattern, or one kind of thing that a pattern does.

    Args:
        key: its name in the table of expectations.
        name: what ``reverse`` takes; empty for patterns without a name.
        kwargs: the arguments it takes.
        fixed: arguments that are part of the key.
        path: for patterns without a name.
    """

    key: str
    name: str
    kwargs: tuple[str, ...]
    fixed: dict[str, str] = field(default_factory=dict, hash=False)
    path: str = ""


def _walk(
    resolver: Any, prefix: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, Any]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _walk(pattern, route, inner)
        else:
            name = ":".join((*names, pattern.name)) if pattern.name else ""
            yield name, route, pattern.pattern


def all_addresses() -> list[Address]:
    """Everything the site answers; bulk actions and actions of the API one by one."""
    found = list(_walk(get_resolver()))
    names = [name for name, _route, _pattern in found]
    addresses = []
    for name, route, pattern in found:
        kwargs = tuple(pattern.converters) or tuple(pattern.regex.groupindex)
        if name == BULK:
            addresses += _bulk_actions(kwargs)
        elif name == API_ACTION:
            addresses += [
                Address(f"{name} {action}", name, kwargs, {"action_name": action})
                for action in PagesAdminAPIViewSet.actions
            ]
        else:
            twice = name and names.count(name) > 1
            key = f"{name} ({', '.join(kwargs)})" if twice else name or f"/{route}"
            addresses.append(Address(key, name, kwargs, path="" if name else route))
    return addresses


def _bulk_actions(kwargs: tuple[str, ...]) -> list[Address]:
    bulk_action_registry.get_bulk_action_class("", "", "")  # reads the hooks
    return [
        Address(
            f"{BULK} {app_label}.{model_name} {action}",
            BULK,
            kwargs,
            {"app_label": app_label, "model_name": model_name, "action": action},
        )
        for app_label, models in bulk_action_registry.actions.items()
        for model_name, actions in models.items()
        for action in actions
    ]

"""System check of the isolation: tells a developer which address of the admin is not declared."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, reverse

from regions.isolation.declarations import DECLARED

HOW_TO = "docs/how-to/add-an-admin-address.md"
#: Wagtail shows its page for what is not found here; nobody has a use for it.
LEFT_OUT = frozenset({"django.views.generic.base.TemplateView"})


def admin_addresses() -> dict[str, set[str]]:
    """The names of all arguments of the admin's addresses, by the name of the view.

    An argument without a name is called by its place, ``"1"``.
    """
    admin, found = reverse("wagtailadmin_home").lstrip("/"), dict[str, set[str]]()
    for route, pattern, namespaces in _patterns(get_resolver()):
        if route.lstrip("^").startswith(admin):
            match = ResolverMatch(pattern.callback, (), {}, pattern.name, [], [*namespaces])
            found.setdefault(match.view_name, set()).update(_arguments(pattern.pattern))
    return found


def _patterns(
    resolver: Any, route: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern, list[str]]]:
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _patterns(pattern, whole, inner)
        else:
            yield whole, pattern, list(namespaces)


def _arguments(pattern: Any) -> set[str]:
    named = set(pattern.converters) or set(pattern.regex.groupindex)
    unnamed = range(1, pattern.regex.groups + 1 - len(named))
    return named | {str(place) for place in unnamed}


@register(Tags.urls)
def admin_addresses_are_declared(**kwargs: object) -> list[CheckMessage]:
    """Every address of the admin is declared with what each of its arguments names."""
    found = admin_addresses()
    missing = [
        Error(
            f'The admin address "{name}" is declared nowhere: everybody is refused there.',
            hint=f"Beside where it is registered, call {_call(name, arguments)} of "
            f"regions.isolation.declarations, and say what each argument names: {HOW_TO}",
            id="regions.E001",
        )
        for name, arguments in sorted(found.items())
        if name not in DECLARED and name not in LEFT_OUT
    ]
    different = [
        Error(
            f'The declaration of the admin address "{name}" names {_list(declaration.arguments)}, '
            f"the address has {_list(found[name])}."
            if name in found
            else f'"{name}" is declared, and no address of the admin has this name.',
            hint=f"Correct the declaration, or take it out: {HOW_TO}",
            id="regions.E002",
        )
        for name, declaration in sorted(DECLARED.items())
        if found.get(name) != set(declaration.arguments)
    ]
    return [*missing, *different]


def _call(name: str, arguments: set[str]) -> str:
    kinds = [f"{argument}=…" for argument in sorted(arguments)]
    return f"declare({', '.join([repr(name), *kinds])})"


def _list(arguments: Iterable[str]) -> str:
    return ", ".join(sorted(arguments)) or "no argument"

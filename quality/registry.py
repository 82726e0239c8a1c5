"""Every public template, found by itself: page types, views, error pages and their states.

A new page type is found because it has a model, a new view because it has an address, a
new error page because of its file. Only an address with a part that no one can guess has
to be named in :mod:`quality.samples`; ``tests/quality`` fails until it is.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.models import BasePage
from quality.samples import SAMPLES
from quality.template import Template
from quality.urls import ERRORS
from search.models import ListPage

#: Not shown to a visitor in a browser, or by another entry: pages are found by their models.
LEFT_OUT = ("admin/", "documents/", "media/", "-/", "_util/", "sitemap", "robots", "wagtail_serve")
#: What is typed or chosen on a page, as the end of its address: nothing found, some found.
NOTHING = "q=gibtesnichtwirklich"
LIST_STATES = {"empty": NOTHING, "filtered": "q=verein&thema=ausbildung"}
STATES: dict[str, dict[str, str]] = {
    "search": LIST_STATES,
    "HouseIndexPage": {
        **LIST_STATES,
        "answer": "ort=48431",
        "choice": "ort=Neustadt",
        "unknown": "ort=gibtesnicht",
    },
}
#: Who signs in gets cookies; who reads gets none.
SIGN_IN = ("account_", "mfa_", "usersessions_")
#: So many pages of one type at most, as different from one another as possible.
MOST_OF_A_TYPE = 3


class Missing(Exception):
    """An address that can only be asked for once :mod:`quality.samples` says how."""


def templates() -> list[Template]:
    """All of them, German first.

    Raises:
        Missing: an address needs an entry in :mod:`quality.samples`.
    """
    found = [*_pages(), *_views(), *_errors()]
    languages = [code for code, _name in settings.LANGUAGES]
    return sorted(found, key=lambda template: languages.index(template.language))


def page_models() -> list[type[BasePage]]:
    """Every page type of ours."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def _pages() -> Iterator[Template]:
    for model in page_models():
        states = STATES.get(model.__name__, LIST_STATES if issubclass(model, ListPage) else {})
        for code, _name in settings.LANGUAGES:
            pages = model.objects.live().public().filter(locale__language_code=code)
            for number, page in enumerate(different(list(pages.order_by("pk"))), 1):
                name = f"{code}-{model.__name__}" + (f"-{number}" if number > 1 else "")
                address = page.get_url()
                if not address:
                    continue
                yield Template(name, address, code)
                if number == 1:
                    yield from _with_states(name, address, code, states)


def _with_states(
    name: str, address: str, language: str, states: dict[str, str]
) -> Iterator[Template]:
    for state, query in states.items():
        yield Template(f"{name}-{state}", f"{address}?{query}", language, state=state)


def traits(page: Page) -> set[str]:
    """What makes a page look as it does: its blocks, its depth, the fields that are filled in."""
    found = {f"depth {page.depth}"}
    for field in page._meta.get_fields():
        value = getattr(page, field.name, None) if field.concrete else None
        if isinstance(field, StreamField):
            found |= {f"{field.name}: {block['type']}" for block in value.raw_data}
        elif value:
            found.add(field.name)
    return found


def different(pages: list[Page]) -> list[Page]:
    """A few of ``pages`` that together have as many traits as possible."""
    rest = [(page, traits(page)) for page in pages]
    chosen: list[Page] = []
    seen: set[str] = set()
    while rest and len(chosen) < MOST_OF_A_TYPE:
        best = max(rest, key=lambda entry: len(entry[1] - seen))
        if not best[1] - seen:
            break
        chosen.append(best[0])
        seen |= best[1]
        rest.remove(best)
    return chosen


def addresses() -> Iterator[tuple[str, str, set[str]]]:
    """Name, route and variable parts of every address outside the admin that has a name."""
    # The prefix of a language is part of the route while that language is active.
    with translation.override(settings.LANGUAGE_CODE):
        found = list(_walk(get_resolver().url_patterns, "", set(), ""))
    yield from found


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, parts: set[str], namespace: str
) -> Iterator[tuple[str, str, set[str]]]:
    for entry in patterns:
        route = before + str(entry.pattern).removeprefix("^")
        variable = parts | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if route.startswith(LEFT_OUT):
            continue
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, route, variable, inner)
        elif entry.name and not entry.name.startswith(LEFT_OUT):
            yield f"{namespace}{entry.name}", route, variable


def _views() -> Iterator[Template]:
    seen = set()
    for name, _route, variable in addresses():
        if variable and name not in SAMPLES:
            raise Missing(f"{name} needs {sorted(variable)}: add it to quality.samples")
        parts = SAMPLES[name]() if name in SAMPLES else {"": {}}
        for code, _label in settings.LANGUAGES:
            for state, kwargs in parts.items():
                with translation.override(code):
                    address = reverse(name, kwargs=kwargs)
                status = _status_of_page(address, follow=name in SAMPLES)
                # A page asked for as it should be answers 200; the rest lead elsewhere.
                if address in seen or not status or (status != 200 and not state):
                    continue
                seen.add(address)
                entry = "-".join(filter(None, (code, re.sub(r"[^a-z0-9]+", "-", name), state)))
                cookies = name.startswith(SIGN_IN)
                yield Template(entry, address, code, status, state, cookies)
                if not state:
                    yield from _with_states(entry, address, code, STATES.get(name, {}))


def _status_of_page(address: str, *, follow: bool) -> int:
    """What a visitor's browser gets; 0 for data, or for the way to another address.

    Args:
        address: path and query.
        follow: whether the way to another address belongs to it, as with signed links.
    """
    host = next((host for host in settings.ALLOWED_HOSTS if "*" not in host), "localhost")
    response = Client(SERVER_NAME=host).get(address, follow=follow)
    is_page = response.get("Content-Type", "").startswith("text/html")
    return response.status_code if is_page and not 300 <= response.status_code < 400 else 0


def error_statuses() -> list[int]:
    """The error pages there are, by their files."""
    folder = settings.BASE_DIR / "templates"
    return sorted(int(path.stem) for path in folder.glob("[45][0-9][0-9].html"))


def _errors() -> Iterator[Template]:
    for status in error_statuses():
        for code, _name in settings.LANGUAGES:
            prefix = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
            yield Template(f"{code}-{status}", f"{prefix}{ERRORS}{status}/", code, status)

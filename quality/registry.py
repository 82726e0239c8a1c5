"""Every public template, found by itself: page types, views, error pages and their states.

A new page type is found because it has a model, a new view because it has an address, a
new error page or page for the proxy because of its file, a part that opens when the address
names it because of its style. Only an address with a part that no one can guess has to be
named in :mod:`quality.samples`, and a page for the proxy in :mod:`quality.urls`;
``tests/quality`` fails until it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.models import BasePage
from quality.samples import OF_A_LANGUAGE, SAMPLES, Parts, shortlist
from quality.template import Template
from quality.urls import ERRORS, WRITTEN, WRITTEN_PAGES
from search.list_page import ListPage

#: Not shown to a visitor in a browser, or by another entry: pages are found by their models.
LEFT_OUT = (
    "admin/",
    "api/",
    "documents/",
    "media/",
    "-/",
    "_util/",
    "sitemap",
    "robots",
    "wagtail_serve",
    "pdf_",
)
#: Ends of addresses by the state they bring about, some of which only the database knows.
States = Mapping[str, str | Callable[[], str]]
#: What is typed or chosen on a page, as the end of its address: nothing found, some found.
NOTHING = "q=gibtesnichtwirklich"
LIST_STATES: States = {"empty": NOTHING, "filtered": "q=verein&thema=ausbildung"}
STATES: dict[str, States] = {
    "search": LIST_STATES,
    "HouseIndexPage": {
        **LIST_STATES,
        "answer": "ort=48431",
        "choice": "ort=Neustadt",
        "unknown": "ort=gibtesnicht",
    },
    "FundingIndexPage": {
        **LIST_STATES,
        "answer": "wer=zusammen&ort=48431",
        "choice": "ort=02999",
        "unknown": "ort=gibtesnicht",
        "shortlist": shortlist,
    },
}
#: A class whose elements look different while the address names them.
_TARGET = re.compile(r"\.([\w-]+):target")
_TAG_WITH_ID = re.compile(r"<[a-z][^>]*\sid=\"([^\"]+)\"[^>]*>")
#: Who signs in gets cookies; who reads gets none.
SIGN_IN = ("account_", "mfa_", "usersessions_")
#: So many pages of one type at most, as different from one another as possible.
MOST_OF_A_TYPE = 3


class Missing(Exception):
    """What can only be asked for once :mod:`quality.samples` or :mod:`quality.urls` says how."""


def templates() -> list[Template]:
    """All of them, German first.

    Raises:
        Missing: an address needs an entry in :mod:`quality.samples`, a page for the proxy one
            in :mod:`quality.urls`.
    """
    found = [*_pages(), *_views(), *_errors(), *_written()]
    found += _with_part_named(found)
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


def _with_states(name: str, address: str, language: str, states: States) -> Iterator[Template]:
    for state, given in states.items():
        query = given if isinstance(given, str) else given()
        yield Template(f"{name}-{state}", f"{address}?{query}", language, state=state)


def traits(page: Page) -> set[str]:
    """What makes a page look as it does: its blocks, its depth, the fields that are filled in."""
    found = {f"depth {page.depth}"}
    for field in page._meta.get_fields():
        value = getattr(page, field.name, None) if field.concrete else None
        if isinstance(field, StreamField) and value is not None:
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
        parts: Parts = {}
        for code, _label in settings.LANGUAGES:
            with translation.override(code):
                if not parts or name.startswith(OF_A_LANGUAGE):
                    parts = SAMPLES[name]() if name in SAMPLES else {"": {}}
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


def _answer(address: str, *, follow: bool = False) -> HttpResponse:
    host = next((host for host in settings.ALLOWED_HOSTS if "*" not in host), "localhost")
    client = Client(SERVER_NAME=host)
    response = client.get(address, follow=follow)
    if not isinstance(response, HttpResponse):
        raise TypeError(f"{address} is a stream, not a page.")
    return response


def _status_of_page(address: str, *, follow: bool) -> int:
    """What a visitor's browser gets; 0 for data, or for the way to another address.

    Args:
        address: path and query.
        follow: whether the way to another address belongs to it, as with signed links.
    """
    response = _answer(address, follow=follow)
    is_page = response.get("Content-Type", "").startswith("text/html")
    return response.status_code if is_page and not 300 <= response.status_code < 400 else 0


def target_classes() -> set[str]:
    """What has a look of its own while the address names it, by the style sheets."""
    sheets = [
        *settings.BASE_DIR.glob("templates/**/*.css"),
        *settings.BASE_DIR.glob("static/**/*.css"),
    ]
    return {name for sheet in sheets for name in _TARGET.findall(sheet.read_text("utf-8"))}


def first_of_class(html: str, name: str) -> str:
    """The id of the first element of a class that has one, or an empty string."""
    of_class = re.compile(rf'\sclass="(?:[^"]*\s)?{re.escape(name)}(?:\s[^"]*)?"')
    tags = (tag for tag in _TAG_WITH_ID.finditer(html) if of_class.search(tag[0]))
    return next((tag[1] for tag in tags), "")


def _with_part_named(found: Iterable[Template]) -> Iterator[Template]:
    """Pages again, with a part of theirs open: one of each kind on each type of page."""
    names, seen = sorted(target_classes()), set()
    for entry in found:
        if entry.state or entry.status != 200:
            continue
        html = _answer(entry.address, follow=True).content.decode()
        for name in names:
            part = first_of_class(html, name)
            kind = (re.sub(r"-\d+$", "", entry.name), name)
            if part and kind not in seen:
                seen.add(kind)
                state = re.sub(r"[^a-z0-9]+", "-", name)
                address = f"{entry.address}#{part}"
                yield replace(entry, name=f"{entry.name}-{state}", address=address, state=state)


def whole_pages() -> list[str]:
    """The templates that belong to no room: error pages by their status, and pages to write."""
    return sorted(path.stem for path in (settings.BASE_DIR / "templates").glob("*.html"))


def error_statuses() -> list[int]:
    """The error pages there are, by their files."""
    return [int(name) for name in whole_pages() if name.isdigit()]


def _errors() -> Iterator[Template]:
    for status in error_statuses():
        for code, _name in settings.LANGUAGES:
            prefix = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
            yield Template(f"{code}-{status}", f"{prefix}{ERRORS}{status}/", code, status)


def _written() -> Iterator[Template]:
    for name in whole_pages():
        if name.isdigit():
            continue
        if name not in WRITTEN_PAGES:
            raise Missing(f"templates/{name}.html is written by nobody: add it to quality.urls")
        status = WRITTEN_PAGES[name].status
        yield Template(f"de-{name}", f"/{WRITTEN}{name}/", settings.LANGUAGE_CODE, status)

"""``/sitemap.xml``: an index of one sitemap per type of page and language.

Two queries each, however many pages there are: addresses are put together from the
paths of the pages, and what has expired is left out by the database.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse, translate_url
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.models import BasePage
from search import registry
from search.models import Entry

#: Name of the section of everything that is no document: home pages and lists.
OVERVIEW = "uebersicht"
#: The limit of the protocol (sitemaps.org); the latest are kept.
MAX_URLS = 50_000


@dataclass(frozen=True)
class Roots:
    """Where the pages of each language start: path in the tree, and address."""

    by_language: dict[str, tuple[str, str]]

    @classmethod
    def of(cls, request: HttpRequest) -> "Roots":
        """The roots of the site that ``request`` is for; Wagtail keeps them in its cache."""
        site = Site.find_for_request(request)
        start = reverse("wagtail_serve", args=("",))
        return cls(
            {
                root.language_code: (
                    root.root_path,
                    request.build_absolute_uri(translate_url(start, root.language_code)),
                )
                for root in Site.get_site_root_paths()
                if site and root.site_id == site.pk
            }
        )

    def url(self, url_path: str, language: str) -> str | None:
        """The address of a page; ``None`` where it stands outside the site."""
        path_of_root, url_of_root = self.by_language.get(language, ("", ""))
        if not path_of_root or not url_path.startswith(path_of_root):
            return None
        return url_of_root + url_path[len(path_of_root) :]


def _models() -> dict[str, list[type[BasePage]]]:
    """Page models by the section they are in."""
    sections: dict[str, list[type[BasePage]]] = defaultdict(list)
    for model in apps.get_models():
        if issubclass(model, BasePage):
            document = registry.document_of(model)
            sections[document.type_key if document else OVERVIEW].append(model)
    return sections


def _public(models: list[type[BasePage]]) -> QuerySet[Page]:
    """Live pages of these models that have not expired and are nobody's alias."""
    types = ContentType.objects.get_for_models(*models).values()
    pages = Page.objects.filter(live=True, alias_of=None, content_type__in=types)
    # What a search document says of it, as the read model has it.
    expired = Entry.objects.filter(expires_at__lte=timezone.now())
    return pages.exclude(pk__in=expired.values("page_id")).order_by()


def _sections() -> Iterator[tuple[str, str, datetime | None]]:
    """Name, language and last change of every section that has pages."""
    sections = _models()
    section_of = {
        content_type.pk: name
        for name, models in sections.items()
        for content_type in ContentType.objects.get_for_models(*models).values()
    }
    rows = (
        _public([model for models in sections.values() for model in models])
        .values("content_type_id", "locale__language_code")
        .annotate(last=Max("last_published_at"))
    )
    found: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in rows:
        key = section_of[row["content_type_id"]], row["locale__language_code"]
        found[key].extend([row["last"]] if row["last"] else [])
    for (name, language), changes in sorted(found.items()):
        yield name, language, max(changes, default=None)


def _urlset(name: str, language: str, roots: Roots) -> list[dict[str, object]]:
    """The pages of a section with their translations."""
    rows = _public(_models()[name]).values_list(
        "translation_key", "locale__language_code", "url_path", "last_published_at"
    )
    translations: dict[object, dict[str, tuple[str, datetime | None]]] = defaultdict(dict)
    for key, code, url_path, changed in rows:
        if url := roots.url(url_path, code):
            translations[key][code] = url, changed
    entries: list[tuple[str, datetime | None, list[dict[str, str]]]] = []
    for found in translations.values():
        if language not in found:
            continue
        url, changed = found[language]
        codes = [code for code in roots.by_language if code in found]
        alternates = [{"lang_code": code, "location": found[code][0]} for code in codes]
        entries.append((url, changed, alternates if len(alternates) > 1 else []))
    entries.sort(key=lambda entry: (entry[1] is not None, entry[1]), reverse=True)
    return [
        {"location": url, "lastmod": changed, "alternates": alternates}
        for url, changed, alternates in entries[:MAX_URLS]
    ]


def _answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex"
    return response


@transaction.non_atomic_requests
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Answer ``/sitemap.xml``: the index of the sitemaps by type and language."""
    sitemaps = [
        {
            "location": request.build_absolute_uri(reverse("sitemap_section", args=(name, code))),
            "last_mod": last,
        }
        for name, code, last in _sections()
    ]
    return _answer(request, "sitemap_index.xml", {"sitemaps": sitemaps})


@transaction.non_atomic_requests
@require_safe
def section(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """``/sitemap-<type>-<language>.xml``.

    Raises:
        Http404: there is no such type of page, or no page of it in the language.
    """
    if name not in _models():
        raise Http404
    urlset = _urlset(name, language, Roots.of(request))
    if not urlset:
        raise Http404
    return _answer(request, "sitemap.xml", {"urlset": urlset})


urlpatterns = [
    path("sitemap.xml", index, name="sitemap"),
    path("sitemap-<slug:name>-<slug:language>.xml", section, name="sitemap_section"),
]

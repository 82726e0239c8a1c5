"""What stands in the head of a page for search engines and for those who share it."""

from dataclasses import dataclass, field

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from cms.models import BasePage
from cms.structured_data import absolute, breadcrumb_list, share_image, to_script

register = template.Library()

#: The variety of a language that its texts are written in, as Open Graph names it.
LOCALES = {"de": "de_DE", "en": "en_GB"}


@dataclass(frozen=True)
class Alternate:
    """The same page in a language, or ``x-default`` for all others."""

    code: str
    url: str


@dataclass(frozen=True)
class Head:
    """What the base template writes. Addresses are absolute.

    ``canonical`` is without the parameters of a filtered list, ``share_url`` with them: what a
    visitor passes on is what is shown. It is empty where there is nothing to pass on: forms,
    errors, drafts, links that are secret. ``structured_data`` is an element, ready to be written.
    """

    title: str = ""
    description: str = ""
    canonical: str | None = None
    image: str = ""
    kind: str = "website"
    locale: str = ""
    alternates: list[Alternate] = field(default_factory=list)
    structured_data: SafeString | None = None
    share_url: str = ""


@register.simple_tag(takes_context=True)
def page_head(context: Context) -> Head:
    """The head of the page that is shown; asks the database nothing.

    Everything comes from the page and from what is shown around it anyway: breadcrumbs and
    languages.
    """
    request, page = context.get("request"), context.get("page")
    if request is None:
        return Head()
    locale = LOCALES.get(get_language() or "", "")
    if not isinstance(page, BasePage):
        title = context.get("page_title") or ""
        return Head(
            title=title,
            image=share_image(None, request),
            locale=locale,
            share_url=_share_url(context, None, request),
        )
    # Not yet saved in a preview: then it has no address.
    url = absolute(request, _source_of(page).get_url(request)) if page.pk else None
    return Head(
        title=context.get("head_title") or page.head_title,
        description=page.head_description,
        canonical=url,
        image=share_image(page, request),
        kind=page.open_graph_type,
        locale=locale,
        alternates=_alternates(context, request) if url else [],
        structured_data=_structured_data(context, page, request) if url else None,
        share_url=_share_url(context, page, request),
    )


def _share_url(context: Context, page: BasePage | None, request: HttpRequest) -> str:
    """What a visitor passes on; nothing where only some may read it, or a page only leads to it."""
    if getattr(request, "preview_link", None) or getattr(request, "is_preview", False):
        return ""
    if own := context.get("own_address"):
        return request.build_absolute_uri(own)
    if page is None or request.path != page.get_url(request):
        return ""
    return absolute(request, _source_of(page).get_url(request)) or ""


def _source_of(page: BasePage) -> Page:
    """The page itself, or the public one that it only repeats elsewhere."""
    source: Page | None = page.alias_of if page.alias_of_id else None
    return source if source is not None and source.live else page


def _alternates(context: Context, request: HttpRequest) -> list[Alternate]:
    links: list[dict[str, str]] = list(context.get("language_links") or [])
    found = [Alternate(link["code"], request.build_absolute_uri(_bare(link))) for link in links]
    if len(found) < 2:
        return []
    urls = {alternate.code: alternate.url for alternate in found}
    # The source language is what all others get.
    default = urls.get(settings.LANGUAGE_CODE, found[0].url)
    return [*found, Alternate("x-default", default)]


def _bare(link: dict[str, str]) -> str:
    """The address of a page without what a visitor has chosen."""
    return link["url"].partition("?")[0]


def _structured_data(context: Context, page: BasePage, request: HttpRequest) -> SafeString:
    things = [page.structured_data(request)]
    if crumbs := list(context.get("breadcrumbs") or []):
        way = [(crumb["title"], _bare(crumb)) for crumb in crumbs]
        things.append(breadcrumb_list([*way, (page.title, page.get_url(request))], request))
    return to_script(things)

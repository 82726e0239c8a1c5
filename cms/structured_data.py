"""What a page is, in the words of schema.org, for programs that read it (JSON-LD).

Plain functions: page types put their own data together from them in
``structured_data()``; :mod:`cms.templatetags.head` writes it into the page.
"""

import datetime
import json
from collections.abc import Iterable
from typing import Any, Protocol

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from cms.contact import Contact

Data = dict[str, object]

#: What schema.org allows as headline of an article in search results.
MAX_HEADLINE = 110
# A text must not end the element it stands in, whatever an editor has written.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


class DescribedPage(Protocol):
    """What is read of a page here; :class:`cms.models.BasePage` has it all."""

    title: str
    first_published_at: datetime.datetime | None
    last_published_at: datetime.datetime | None

    @property
    def head_description(self) -> str:
        """What the page is about, in a sentence."""

    @property
    def share_image_key(self) -> str:
        """Which picture stands for the page."""

    @property
    def contact(self) -> Contact:
        """Who a visitor can turn to."""

    @property
    def region(self) -> Any:
        """The region the page belongs to, or ``None``."""

    def get_url(self, request: HttpRequest | None = None) -> str | None:
        """The address of the page."""


def to_script(things: Iterable[Data]) -> SafeString:
    """``things`` as an element for the head: a data block, which no policy stops."""
    document = {"@context": "https://schema.org", "@graph": [without_empty(d) for d in things]}
    # A line for each value: two brackets in a row look like a template that was not rendered.
    text = json.dumps(document, ensure_ascii=False, indent=0).translate(_ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def without_empty(value: object) -> object:
    """``value`` without what says nothing: ``None``, empty texts, lists and things."""
    if isinstance(value, dict):
        cleaned = {key: without_empty(inner) for key, inner in value.items()}
        kept = {key: inner for key, inner in cleaned.items() if inner not in (None, "", [], {})}
        return kept if set(kept) - {"@type"} else {}
    if isinstance(value, list):
        return [inner for inner in map(without_empty, value) if inner not in (None, "", [], {})]
    return value


def absolute(request: HttpRequest, url: str | None) -> str | None:
    """The address with scheme and host."""
    return request.build_absolute_uri(url) if url else None


def moment(value: datetime.date | datetime.datetime | None) -> str | None:
    """A day or a moment as ISO 8601, in local time."""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).replace(microsecond=0)
    return value.isoformat() if value else None


def share_image(page: DescribedPage | None, request: HttpRequest) -> str:
    """Address of the picture that stands for ``page`` on other sites."""
    key = page.share_image_key if page else "haus"
    return request.build_absolute_uri(static(f"share/{key}.png"))


def publisher(request: HttpRequest) -> Data:
    """Schema.org data of the organisation that runs the site."""
    home = request.build_absolute_uri(reverse("wagtail_serve", args=("",)))
    return {
        "@type": "Organization",
        "@id": f"{home}#organisation",
        "name": gettext("Houses of Cooperation"),
        "url": home,
        "logo": request.build_absolute_uri(static("img/logo.svg")),
    }


def contact_point(contact: Contact) -> Data:
    """Whom to write to or call."""
    return {
        "@type": "ContactPoint",
        # A name in another language cannot say which.
        "contactType": (not contact.role_language and contact.role) or gettext("Your contact"),
        "name": contact.name,
        "email": contact.email,
        "telephone": contact.phone_link,
    }


def web_page(page: DescribedPage, request: HttpRequest, kind: str = "WebPage") -> Data:
    """Schema.org data of any page; what has a type of its own is built on it."""
    return {
        "@type": kind,
        "name": page.title,
        "url": absolute(request, page.get_url(request)),
        "description": page.head_description,
        "inLanguage": get_language(),
        "image": share_image(page, request),
        "datePublished": moment(page.first_published_at),
        "dateModified": moment(page.last_published_at),
        "publisher": publisher(request),
    }


def article(page: DescribedPage, request: HttpRequest, kind: str = "Article") -> Data:
    """A text with a beginning and an end, by a house or the national desk."""
    data = web_page(page, request, kind)
    title = str(data.pop("name"))
    contact = page.contact
    return data | {
        "headline": title[:MAX_HEADLINE],
        "mainEntityOfPage": data["url"],
        "author": {
            "@type": "Organization",
            "name": contact.organisation,
            "url": absolute(request, contact.url),
        },
        "contentLocation": {
            "@type": "AdministrativeArea",
            "name": page.region.name if page.region else None,
        },
    }


def breadcrumb_list(crumbs: Iterable[tuple[str, str | None]], request: HttpRequest) -> Data:
    """The way from the home page to the page itself, as names and addresses."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": absolute(request, url),
            }
            for position, (name, url) in enumerate(crumbs, 1)
        ],
    }

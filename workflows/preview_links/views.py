"""What somebody with a preview link sees: the page as it is to be, or that the link has ended."""

import copy
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from regions.access import region_of
from regions.enquiries.recipients import desk_of
from workflows.models import PreviewLink
from workflows.preview_links.links import PREVIEW_LINK, is_all_public, note_opening

GONE = 410
#: What tells in a request who makes it.
PERSONAL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")


@never_cache
@require_safe
def preview(request: HttpRequest, key: uuid.UUID, signature: str) -> HttpResponseBase:
    """Show the latest version, by Wagtail's preview; once it is public, lead there."""
    link = PREVIEW_LINK.find(key, signature)
    if link is None or not link.is_valid:
        return _closed(_ended(request, link))
    page: Any = link.page.specific
    if request.method == "GET":
        note_opening(link)
    if is_all_public(page) and page.full_url:
        return _closed(redirect(page.full_url))
    shown = page.get_latest_revision_as_object()
    response = shown.make_preview_request(
        _without_cookies(request), shown.default_preview_mode, {"preview_link": link}
    )
    return _closed(response)


def _without_cookies(request: HttpRequest) -> HttpRequest:
    """The request as anybody's: everybody with the link sees the same."""
    anonymous = copy.copy(request)
    anonymous.META = {name: value for name, value in request.META.items() if name not in PERSONAL}
    return anonymous


def _ended(request: HttpRequest, link: PreviewLink | None) -> HttpResponse:
    """A link that is not ours learns nothing of any page."""
    context = {
        "page_title": _("This link is not valid any more"),
        "noindex": True,
        "breadcrumbs": [{"title": "", "url": reverse("wagtail_serve", args=[""])}],
        "contact": desk_of(region_of(link.page) if link else None).contact,
    }
    return render(request, "pages/preview_link_ended.html", context, status=GONE)


def _closed(response: HttpResponseBase) -> HttpResponseBase:
    """In no index, in no cache, and told to no other site: the address is the key."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response

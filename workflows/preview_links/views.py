"""What somebody with a preview link sees: the page as it is to be, or that the link has ended."""

import copy
import uuid
from dataclasses import replace

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.models import BasePage
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from regions.access import region_of
from regions.enquiries.recipients import desk_of
from workflows.models import PreviewLink
from workflows.preview_links.consent import ANCHOR, answer, question
from workflows.preview_links.links import PREVIEW_LINK, is_all_public, note_opening

GONE = 410
#: What tells in a request who makes it.
PERSONAL = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")


@csrf_exempt  # answered by the check of the Origin header: readers get no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, key: uuid.UUID, signature: str) -> HttpResponseBase:
    """Show the latest version, by Wagtail's preview; once it is public, lead there.

    A post answers whether somebody who is named there agrees, where the link asks for it; opening
    the link confirms nothing.
    """
    link = PREVIEW_LINK.find(key, signature)
    if link is None or not link.is_valid:
        return _closed(_ended(request, link))
    page: BasePage = link.page.specific
    if request.method == "GET":
        note_opening(link)
    public_url = page.full_url if is_all_public(page) else None
    # An answer given on a preview that was still open is taken all the same.
    if public_url and request.method != "POST":
        return _closed(redirect(public_url))
    shown = page.get_latest_revision_as_object()
    asked = question(link, shown, request.path)
    if request.method == "POST":
        if asked is None:
            refused = HttpResponseNotAllowed(["GET", "HEAD"])
            return _closed(redirect(public_url) if public_url else refused)
        is_ours = is_same_origin(request)
        refusal = answer(asked, page, request.POST) if is_ours else str(NOT_SAME_ORIGIN)
        if not refusal and not public_url:
            return _closed(HttpResponseRedirect(f"{request.path}#{ANCHOR}", status=303))
        # Of a public page the preview is seen once more, with what is recorded now.
        asked = question(link, shown, request.path) or asked
        asked = replace(asked, refusal=refusal, is_public=bool(public_url))
    response = shown.make_preview_request(
        _without_cookies(request),
        shown.default_preview_mode,
        {"preview_link": link, "preview_consent": asked},
    )
    return _closed(response, answers=asked is not None)


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


def _closed(response: HttpResponseBase, answers: bool = False) -> HttpResponseBase:
    """In no index, in no cache, and told to no other site: the address is the key.

    Args:
        answers: whether the page has a form, of which browsers say where it comes from only where
            pages of the same site may know the address.
    """
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin" if answers else "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response

"""Security headers: a Content-Security-Policy without ``unsafe-inline`` for everything public.

The admin gets a looser one, since its inline scripts carry no nonce.
"""

from dataclasses import replace

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

#: Control characters that neither HTML nor XML may contain (all but tab and line breaks). As bytes:
#: in UTF-8 they are part of no other character.
CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
#: Types of answers that are read as HTML or XML.
MARKUP = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")


def remove_controls(response: HttpResponseBase) -> None:
    """Take out what people paste into titles without seeing it, such as a vertical tab."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if isinstance(response, HttpResponse) and (kind in MARKUP or kind.endswith("+xml")):
        cleaned = response.content.translate(None, CONTROLS)
        if len(cleaned) != len(response.content):
            response.content = cleaned
            if "Content-Length" in response:
                response["Content-Length"] = str(len(cleaned))


class HeadersMiddleware(CSPMiddleware):
    """Send the Content-Security-Policy, and the headers Django has no setting for.

    Stands before everything that answers by itself, so that files get them too. What
    a view has set stays: Wagtail sends a policy of its own with documents.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the headers a view has not set itself."""
        for name, value in settings.EXTRA_HEADERS.items():
            response.headers.setdefault(name, value)
        remove_controls(response)
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The public policy, or the looser one of the admin; previews fit into its frame."""
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            parts = replace(parts, config=parts.config or settings.ADMIN_CONTENT_SECURITY_POLICY)
        # A preview is answered by a request of its own, before its view allows the frame.
        framed = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
        if framed or getattr(request, "is_preview", False):
            parts = replace(parts, replace={**(parts.replace or {}), "frame-ancestors": [SELF]})
        return parts

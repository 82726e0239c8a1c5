"""The check of the Origin header: visitors get no cookie, so a form has no CSRF token."""

from urllib.parse import SplitResult, urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

#: Bodies that Django reads into ``request.POST``.
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
#: What is said to a post of which the browser does not say where it comes from.
NOT_SAME_ORIGIN = _(
    "We could not see that you came from this website. Please send the form once more."
)


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that the form came from this very site.

    ``Origin`` decides; only where it is missing the ``Referer`` does. Neither
    of them, or the opaque ``null``, is a no.
    """
    stated = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        origin = urlsplit(stated)
        own = urlsplit(f"{request.scheme}://{request.get_host()}")
        return bool(origin.hostname) and _parts(origin) == _parts(own)
    except ValueError:
        return False


def _parts(url: SplitResult) -> tuple[str, str, int]:
    port = url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
    return url.scheme, url.hostname or "", port

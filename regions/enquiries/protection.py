"""What keeps machines out of a form without cookie, script or puzzle (design.md, decision 6)."""

import ipaddress
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

STAMP_SALT = "regions.enquiries.stamp"
LEAST_SECONDS = 3
STAMP_LIVES = 24 * 60 * 60
MOST_MESSAGES = 5
WITHIN_SECONDS = 10 * 60


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


def _parts(url: object) -> tuple[str, str, int]:
    port = url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
    return url.scheme, url.hostname or "", port


def new_stamp() -> str:
    """Says, signed, when a form was handed out."""
    return signing.dumps(int(time.time()), salt=STAMP_SALT)


def age_of(stamp: str) -> float | None:
    """Seconds since ``stamp`` was handed out; ``None`` if it is not ours or too old."""
    try:
        handed_out = signing.loads(stamp, salt=STAMP_SALT, max_age=STAMP_LIVES)
    except signing.BadSignature:
        return None
    return time.time() - handed_out


def _sender_key(request: HttpRequest) -> str:
    """The sender's address, hashed with the site's secret: nobody can be read from the cache."""
    stated = request.META.get("REMOTE_ADDR", "")
    # Behind a proxy every visitor has the proxy's address; its header names the visitor.
    if header := settings.CLIENT_ADDRESS_HEADER:
        stated = request.headers.get(header, "").rpartition(",")[2].strip() or stated
    try:
        address = ipaddress.ip_address(stated)
        if address.version == 6:
            # One household or machine owns a whole /64.
            address = ipaddress.ip_network((address, 64), strict=False)
    except ValueError:
        address = stated
    digest = salted_hmac("regions.enquiries.sender", str(address), algorithm="sha256")
    return f"enquiries:{digest.hexdigest()}"


def may_send(request: HttpRequest) -> bool:
    """Count one message; five within ten minutes are enough.

    Returns:
        Whether this one is still among them.
    """
    key = _sender_key(request)
    if cache.add(key, 1, WITHIN_SECONDS):
        return True
    try:
        return cache.incr(key) <= MOST_MESSAGES
    except ValueError:  # it expired this very moment
        return True

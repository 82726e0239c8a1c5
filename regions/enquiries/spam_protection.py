"""Spam protection of public forms, without cookie, script or puzzle."""

import ipaddress
import logging
import time
from urllib.parse import urlsplit

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cms.delivery.client_ip import client_address

logger = logging.getLogger(__name__)

STAMP_SALT = "regions.enquiries.stamp"
LEAST_SECONDS = 3
STAMP_LIVES = 24 * 60 * 60
MOST_MESSAGES = 5
WITHIN_SECONDS = 10 * 60
#: In ``SHARED_CACHE_PREFIXES``: all processes count together.
CACHE_PREFIX = "enquiries"


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
    address = ipaddress.ip_address(client_address(request))
    if address.version == 6:
        # One household or machine owns a whole /64.
        address = ipaddress.ip_network((address, 64), strict=False)
    digest = salted_hmac("regions.enquiries.sender", str(address), algorithm="sha256")
    return f"{CACHE_PREFIX}:{digest.hexdigest()}"


def may_send(request: HttpRequest) -> bool:
    """Count one message; five within ten minutes are enough, whichever process they reach.

    Each message takes a place of its own for ten minutes. Taking a place is one step of the
    shared cache, so that two messages at once never count as one.

    Returns:
        Whether there was a place left. Also if the cache fails: no enquiry is lost for that.
    """
    key = _sender_key(request)
    places = [f"{key}:{number}" for number in range(MOST_MESSAGES)]
    try:
        if any(cache.add(place, True, WITHIN_SECONDS) for place in places):
            return True
        # A cache that cannot write says no to everything; it is full only if it says so itself.
        return len(cache.get_many(places)) < MOST_MESSAGES
    except Exception:
        logger.exception("Messages of a sender could not be counted")
        return True

"""Where a request comes from, as far as the proxy in front can be believed."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

#: What stands for a visitor whose address nobody states (a server behind a socket).
UNKNOWN = "0.0.0.0"  # noqa: S104 - compared and counted, never listened on


def client_address(request: HttpRequest) -> str:
    """The visitor's address: behind a proxy the one its header names.

    Of several addresses in ``CLIENT_ADDRESS_HEADER`` the last one counts: the others came with
    the request and can be invented.
    """
    stated = request.META.get("REMOTE_ADDR", "")
    if header := settings.CLIENT_ADDRESS_HEADER:
        stated = request.headers.get(header, "").rpartition(",")[2].strip() or stated
    try:
        return str(ipaddress.ip_address(stated))
    except ValueError:
        return UNKNOWN

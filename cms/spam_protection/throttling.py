"""Throttling: how often one sender may send a public form."""

import ipaddress
import logging
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cms.delivery.client_ip import client_address

logger = logging.getLogger(__name__)

#: In ``SHARED_CACHE_PREFIXES``: all processes count together.
CACHE_PREFIX = "throttle"


@dataclass(frozen=True)
class Throttle:
    """A limit for one form; each form counts for itself.

    Args:
        form_key: tells this form's counts from those of others.
        most: so many messages of one sender are accepted …
        seconds: … within this time.
    """

    form_key: str
    most: int = 5
    seconds: int = 10 * 60

    def accepts(self, request: HttpRequest) -> bool:
        """Count one message, whichever process it reaches.

        Each message takes a place of its own for a while. Taking a place is one step of the
        shared cache, so that two messages at once never count as one.

        Returns:
            Whether there was a place left. Also if the cache fails: no message is lost for that.
        """
        return self.accepts_from(sender_of(request))

    def accepts_from(self, sender: str) -> bool:
        """The same for whoever is named by a digest: a sender, or somebody who is written to."""
        places = [f"{CACHE_PREFIX}:{self.form_key}:{sender}:{n}" for n in range(self.most)]
        try:
            if any(cache.add(place, True, self.seconds) for place in places):
                return True
            # A cache that cannot write says no to everything; it is full only if it says so itself.
            return len(cache.get_many(places)) < self.most
        except Exception:
            logger.exception("Messages of a sender could not be counted")
            return True


def sender_of(request: HttpRequest) -> str:
    """The sender's address, hashed with the site's secret: nobody can be read from the cache."""
    address = ipaddress.ip_address(client_address(request))
    sender = str(address)
    if address.version == 6:
        # One household or machine owns a whole /64.
        sender = str(ipaddress.ip_network((address, 64), strict=False))
    digest = salted_hmac("cms.spam_protection.sender", sender, algorithm="sha256")
    return digest.hexdigest()

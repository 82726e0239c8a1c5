"""What is refused of a programme that somebody enters, and why, in their words."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from funding.deadlines import Problem

#: Names that only lead somewhere inside of a network (RFC 6762, RFC 6761, RFC 8375).
_PRIVATE_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".home.arpa", ".test", ".invalid")

ROUND_PROBLEMS: Mapping[Problem, StrOrPromise] = {
    Problem.ENDS_BEFORE_START: _("The first day of a round cannot be after its last one."),
    Problem.MIDNIGHT: _(
        "0:00 is the beginning of the day. If you mean its end, leave the hour empty."
    ),
    Problem.TWICE: _("Two rounds have the same last day."),
    Problem.OVERLAP: _("A round begins before the one before it is over."),
    Problem.ROUND_MISSING: _("Add at least one round with its last day, or choose “Not known”."),
    Problem.ONE_ROUND_ONLY: _("There is more than one round: choose “Several rounds”."),
    Problem.NO_ROUNDS_HERE: _(
        "Rounds do not go together with this choice. Remove them, or choose another one."
    ),
}
"""What is said of each problem of the deadlines."""


def round_messages(found: Iterable[Problem]) -> list[StrOrPromise]:
    """The sentences for problems of the deadlines."""
    return [ROUND_PROBLEMS[problem] for problem in found]


def is_public_ip(text: str) -> bool:
    """Whether an IP address belongs to one machine in the public internet.

    Raises:
        ValueError: it is none.
    """
    address = ip_address(text)
    return address.is_global and not address.is_multicast


def is_public_address(url: str) -> bool:
    """Whether a link leads into the public internet, by its host alone: nothing is looked up."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host:
        return False
    try:
        return is_public_ip(host)
    except ValueError:
        # One name alone, or only digits and dots: written so, it is an address of a network.
        is_number = host.replace(".", "").isdecimal() or host.startswith("0x")
        return "." in host and not is_number and not host.endswith(_PRIVATE_ENDINGS)

"""Digital Object Identifiers (DOI, ISO 26324): reading, checking and linking them."""

import re
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: What people paste in front of a DOI (Crossref's display guidelines show the whole address); some
#: browsers copy it without its beginning.
_ADDRESS = re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_LABEL = re.compile(r"^doi:\s*", re.IGNORECASE)
#: A registrant's prefix and a suffix without blanks, as Crossref recommends to match them.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+")
#: What may stand in the path of its address as it is.
_SAFE = "/:;().-_"


def normalize_doi(text: str) -> str:
    """The bare DOI in what somebody typed or pasted: ``10.1000/182``.

    Args:
        text: a DOI, with or without ``doi:`` or its address; or nothing.

    Returns:
        An empty text for an empty one.

    Raises:
        ValidationError: where it is no DOI.
    """
    bare = _LABEL.sub("", text.strip())
    if address := _ADDRESS.match(bare):
        # In an address signs may be written as their codes, in a DOI they are themselves.
        bare = unquote(bare[address.end() :])
    if bare and not _DOI.fullmatch(bare):
        raise ValidationError(
            _("“%(text)s” is no DOI. One looks like this: 10.1000/182.") % {"text": text.strip()}
        )
    return bare


def doi_url(doi: str) -> str:
    """The address that leads to what a DOI names; empty without one."""
    return f"https://doi.org/{quote(doi, safe=_SAFE)}" if doi else ""

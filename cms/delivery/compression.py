"""Compression of responses by brotli and gzip."""

import gzip
import re
from functools import lru_cache

import brotli

#: In the order we like them.
CODINGS = ("br", "gzip")
#: Levels at which a page takes about a millisecond.
_BROTLI, _GZIP = 5, 6
#: Longer headers are not worth parsing; characters.
_LONGEST_HEADER = 1000
#: A coding with its weight, at most three decimals (RFC 9110, 12.4.2), in lower case.
_MEMBER = re.compile(
    r"(?P<coding>[!#$%&'*+.^_`|~0-9a-z-]+)"
    r"(?:[ \t]*;[ \t]*q=(?P<weight>0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)


@lru_cache(maxsize=256)  # browsers send a handful of values
def negotiate_encoding(accepted: str) -> str:
    """The content coding of a response; empty for none ("identity").

    The highest weight wins, then the order of :data:`CODINGS`. Malformed members count as not sent.
    Where nothing is acceptable, the response is sent uncompressed (RFC 9110, 12.5.3).

    Args:
        accepted: value of the header ``Accept-Encoding``.
    """
    if len(accepted) > _LONGEST_HEADER:
        return ""
    weights = {
        match["coding"].removeprefix("x-"): float(match["weight"] or 1)
        for part in accepted.lower().split(",")
        if (match := _MEMBER.fullmatch(part.strip(" \t")))
    }
    # "*" stands for every coding that is not named.
    rest = weights.get("*", 0.0)
    offered = {coding: weights.get(coding, rest) for coding in CODINGS}
    best = max(CODINGS, key=offered.__getitem__)
    # Uncompressed is acceptable without being named, but preferred only if its weight is higher.
    if not offered[best] or offered[best] < weights.get("identity", 0.0):
        return ""
    return best


def encode(coding: str, text: bytes) -> bytes:
    """``text`` in a coding; the same every time."""
    if coding == "br":
        return brotli.compress(text, mode=brotli.MODE_TEXT, quality=_BROTLI)
    if coding == "gzip":
        return gzip.compress(text, _GZIP, mtime=0)
    return text


def decode(coding: str, body: bytes) -> bytes:
    """The text of what :func:`encode` gave."""
    if coding == "br":
        return brotli.decompress(body)
    if coding == "gzip":
        return gzip.decompress(body)
    return body

"""Compression of responses by brotli and gzip."""

import gzip

import brotli

#: In the order we like them.
CODINGS = ("br", "gzip")
#: Levels at which a page takes about a millisecond.
_BROTLI, _GZIP = 5, 6


def preferred(accepted: str) -> str:
    """The coding to answer in; empty for none.

    Args:
        accepted: value of the header ``Accept-Encoding`` (RFC 9110, 12.5.3).
    """
    weights = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00")
    return next((coding for coding in CODINGS if weights.get(coding)), "")


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

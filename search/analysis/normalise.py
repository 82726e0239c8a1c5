"""Folding of surface words to one canonical spelling.

Index and query pass the same functions, so *Förderung*, *Foerderung* and *FÖRDERUNG* meet in
``foerderung``. Folding goes **from** ä **to** ae, never back: a true *ae/oe/ue* (*neue*, *Steuer*,
*aktuell*) is then left as it is on both sides.
"""

import re
import unicodedata

_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))

IGNORABLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, zero-width characters and BOM: they stand inside words and mean nothing."""

_IGNORABLE = re.compile(f"[{IGNORABLE}]")
_COMBINING = re.compile("[\u0300-\u036f]")


def clean(surface: str) -> str:
    """Compose decomposed letters (as macOS writes them) and drop invisible characters."""
    if surface.isascii():
        return surface
    return unicodedata.normalize("NFC", _IGNORABLE.sub("", surface))


def fold_lower(text: str) -> str:
    """Fold text that is already lower case and composed; see :func:`fold`."""
    if text.isascii():
        return text
    for umlaut, pair in _UMLAUTS:
        text = text.replace(umlaut, pair)
    if text.isascii():
        return text
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text))


def fold(text: str) -> str:
    """Return the canonical spelling: lower case, ä→ae, ö→oe, ü→ue, ß→ss, other accents dropped.

    >>> fold("Förderung"), fold("GRÖSSE"), fold("Größe"), fold("Café")
    ('foerderung', 'groesse', 'groesse', 'cafe')
    """
    return fold_lower(clean(text).lower())

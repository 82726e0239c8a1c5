"""Names of uploaded files, as people may read them."""

import re
import unicodedata

#: Marks that turn the direction of writing: “fdp.exe” after one of them reads “exe.pdf”.
_BIDIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Control characters, and the separators of lines and paragraphs.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def clean_name(name: str) -> str:
    """``name`` in composed letters (NFC), without control characters and marks of direction.

    Umlauts stay: macOS writes ü as u and two dots, which a file system would drop (Unicode
    Standard Annex 15).

    >>> clean_name("Gru\\u0308\\u00dfe\\u202e.pdf")
    'Grüße.pdf'
    """
    composed = unicodedata.normalize("NFC", name)
    return _CONTROLS.sub("", _BIDIRECTIONAL.sub("", composed)).strip()

"""German text: one spelling for comparing, one for addresses, one for sorting; and dates.

Letters are transliterated **from** ä **to** ae, never the other way for comparing: a true
*ae/oe/ue* (*neue*, *Steuer*, *aktuell*) is then the same on both sides.
"""

import re
import unicodedata
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify as django_slugify
from django.utils.translation import gettext, ngettext

UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
"""How the vowels are written without a German keyboard."""

TRANSLITERATION = {**UMLAUTS, "ß": "ss"}
"""How all letters are written that ASCII has not."""

IGNORABLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, zero-width characters and BOM: they stand inside words and mean nothing."""

_IGNORABLE = re.compile(f"[{IGNORABLE}]")
_COMBINING = re.compile("[\u0300-\u036f]")
_VOWEL_PAIRS = re.compile(r"[Aa]e|[Oo]e|(?<![aeiouyqAEIOUYQ])[Uu]e")
_UMLAUT_OF = {pair: letter for letter, pair in UMLAUTS.items()}
_UMLAUT_OF |= {pair.capitalize(): letter.upper() for pair, letter in _UMLAUT_OF.items()}


def compose(text: str) -> str:
    """Compose decomposed letters (as macOS writes them) and drop invisible characters."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _IGNORABLE.sub("", text))


def transliterate(text: str) -> str:
    """Write ä, ö, ü and ß as ae, oe, ue and ss; other accents stay.

    Args:
        text: composed; in lower case, since capitals are left alone.
    """
    for letter, pair in TRANSLITERATION.items():
        text = text.replace(letter, pair)
    return text


def fold_lower(text: str) -> str:
    """Fold text that is already lower case and composed; see :func:`fold`."""
    if text.isascii():
        return text
    text = transliterate(text)
    if text.isascii():
        return text
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text))


def fold(text: str) -> str:
    """Return the canonical spelling: lower case, ä→ae, ö→oe, ü→ue, ß→ss, other accents dropped.

    Index and query of the search pass it, so that *Förderung*, *Foerderung* and *FÖRDERUNG* meet.

    >>> fold("Förderung"), fold("GRÖSSE"), fold("Größe"), fold("Café")
    ('foerderung', 'groesse', 'groesse', 'cafe')
    """
    return fold_lower(compose(text).lower())


def restore_umlauts(text: str) -> str:
    """Guess the spelling with umlauts: *Goerlitz* → *Görlitz*, but *neue* stays.

    A guess only, to be tried beside what was typed: *Coesfeld* is written so.
    """
    return _VOWEL_PAIRS.sub(lambda found: _UMLAUT_OF[found[0]], text)


def slugify(text: str) -> str:
    """An address from a title, with umlauts as Germans write them without a German keyboard."""
    return django_slugify(fold(text))


def sort_key(text: str) -> str:
    """Sort key as in a German dictionary: ä like a (DIN 5007-1), and not like ae as compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum() or c == " ").strip()


def one_character_a_break(text: str) -> str:
    """What was typed in a form: browsers send two characters for every line break, we count one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def when(moment: datetime) -> str:
    """A moment as people here write it."""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def since_when(moment: datetime | date) -> str:
    """How long something has waited, in whole days: *since today*, *for 4 days*."""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    days = (timezone.localdate() - day).days
    if days <= 0:
        return gettext("since today")
    if days == 1:
        return gettext("since yesterday")
    return ngettext("for %(days)d day", "for %(days)d days", days) % {"days": days}

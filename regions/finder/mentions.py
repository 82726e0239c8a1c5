"""Which place a search is about: „Wer hilft mir in 48431?“, „Förderung Görlitz“."""

import re
from collections.abc import Iterator

from cms.models import Place
from cms.text import restore_umlauts
from regions.finder.geocoding import postal_code

#: After these a place is meant, whatever else the word may mean: „in Essen“.
_PREPOSITIONS = frozenset({"in", "bei", "aus", "um", "nach", "near", "from", "around"})
_WORD = re.compile(r"[^\W\d_][\w-]*")
_LONGEST_NAME = 3
_MOST_WORDS = 12


def place_in(text: str) -> str:
    """The postal code or the name of the place that ``text`` names, or an empty string.

    Without a preposition only places count that a house serves: many words are the name of
    some village, too. Costs one query unless there is a postal code.

    Args:
        text: what a visitor looks for.
    """
    if code := postal_code(text):
        return code
    words = _WORD.findall(text)[:_MOST_WORDS]
    runs = list(_runs(words))
    spellings = {name for _at, run in runs for name in _spellings(run)}
    if not spellings:
        return ""
    named = Place.objects.filter(name__in=spellings)
    rows = named.values_list("name", "kreis__region_kreise__active")
    served: dict[str, bool] = {}
    for name, active in rows:
        served[name] = served.get(name, False) or bool(active)
    for at, run in runs:
        after_preposition = at > 0 and words[at - 1].lower() in _PREPOSITIONS
        for name in _spellings(run):
            if name in served and (served[name] or after_preposition):
                return name
    return ""


def _runs(words: list[str]) -> Iterator[tuple[int, str]]:
    """Where they begin, and one to three words in a row, the longest first."""
    for length in range(_LONGEST_NAME, 0, -1):
        for at in range(len(words) - length + 1):
            yield at, " ".join(words[at : at + length])


def _spellings(name: str) -> list[str]:
    """As typed, with a capital, and with umlauts where the keyboard has none."""
    capital = name[0].upper() + name[1:]
    return list(dict.fromkeys((capital, restore_umlauts(capital))))

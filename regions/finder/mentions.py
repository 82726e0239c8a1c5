"""Which place a text names among other words: „Wer hilft mir in 48 431?“, „Mentoring görlitz“.

A word that also means something else (Essen, Hilfe, Regen) is only a place after a preposition, or
where nothing else was typed and the place is large or served. Slips are corrected only after a
preposition, only to places that a house serves, and only where no page has the word.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from cms.text import fold, restore_umlauts
from regions.finder.gazetteer import Spot, comparable, gazetteer
from search.analysis.lemmas import lemma_of
from search.analysis.words import is_ordinary_word
from search.models import IndexedWord
from search.results.spell_correction import edit_distance

#: After these a place is meant, whatever else the word may mean: „in Essen“.
_PREPOSITIONS = frozenset({"in", "bei", "aus", "um", "nach", "near", "from", "around", "im", "auf"})
_KINDS = frozenset({"kreis", "landkreis", "stadt", "gemeinde", "raum", "ort", "umkreis", "plz"})
_CODE = re.compile(r"(?<![\d.,])(\d{2}) ?(\d{3})(?![\d.,]*\d)")
_WORD = re.compile(r"[^\W\d_][\w.-]*\w|[^\W\d_]")
_LONGEST_NAME = 3
_MOST_WORDS = 12
_SHORTEST = 3
_SHORTEST_SLIP = 5
_LARGE = 3
#: So many postal codes, and so many times those of the next, make a name mean the one.
_CITY, _BY_FAR = 4, 3


@dataclass(frozen=True)
class NamedSpots:
    """Where a text names a place, and which it may be; see :class:`search.places.Mention`.

    Args:
        code: the postal code, where that was typed.
    """

    start: int
    end: int
    spots: list[Spot]
    is_sure: bool = True
    typed: str = ""
    code: str = ""


def find_mention(text: str, language: str, served: Collection[str]) -> NamedSpots | None:
    """The place that ``text`` names.

    Args:
        text: what a visitor looks for.
        language: of the text.
        served: official keys of the districts that a house serves.
    """
    if found := _by_code(text):
        return found
    words = list(_WORD.finditer(text))[:_MOST_WORDS]
    for at, run in _runs(words):
        spots = _spots(" ".join(word[0] for word in run))
        if not spots:
            continue
        start, end = run[0].start(), run[-1].end()
        is_sure = _is_sure(words, at, len(run), spots, language, served)
        if is_sure or (at == 0 and len(run) == len(words)):
            return NamedSpots(start, end, spots, is_sure)
    return _slip(words, served)


def prefers(spots: list[Spot], served: Collection[str]) -> list[Spot]:
    """Served places first, then the larger ones."""
    return sorted(spots, key=lambda spot: (spot.kreis not in served, -len(spot.codes)))


def is_clear(spots: list[Spot], served: Collection[str]) -> bool:
    """Whether of several places of a name the first is meant: the only served or by far largest."""
    first, *others = prefers(spots, served)
    if not others:
        return True
    if first.kreis in served:
        return others[0].kreis not in served
    return len(first.codes) >= max(_CITY, _BY_FAR * len(others[0].codes))


def _by_code(text: str) -> NamedSpots | None:
    """A postal code, and the name of its place where that follows."""
    for found in _CODE.finditer(text):
        code = found[1] + found[2]
        spots = gazetteer().coded(code)
        if not spots:
            continue
        end = found.end()
        names = {
            word for spot in gazetteer().by_code[code] for word in comparable(spot.name).split()
        }
        for word in _WORD.finditer(text, end):
            if text[end : word.start()].strip() or comparable(word[0]) not in names:
                break
            end = word.end()
        return NamedSpots(found.start(), end, spots, code=code)
    return None


def _runs(words: list[re.Match[str]]) -> Iterator[tuple[int, list[re.Match[str]]]]:
    """One to three words in a row and where they begin, the longest first."""
    for length in range(_LONGEST_NAME, 0, -1):
        for at in range(len(words) - length + 1):
            yield at, words[at : at + length]


def _spots(name: str) -> list[Spot]:
    if len(name) < _SHORTEST:
        return []
    return gazetteer().named(name) or gazetteer().named(restore_umlauts(name))


def _is_sure(
    words: list[re.Match[str]],
    at: int,
    length: int,
    spots: list[Spot],
    language: str,
    served: Collection[str],
) -> bool:
    """Whether a place is meant and no ordinary word."""
    before = words[at - 1][0].lower() if at else ""
    if before in _PREPOSITIONS or before in _KINDS or length > 1:
        return True
    word = words[at][0]
    if not language.startswith("de") or is_ordinary_word(word):
        # Typed alone, a large place is meant: Münster, Essen, Halle.
        is_large = any(len(spot.codes) >= _LARGE or spot.kreis in served for spot in spots)
        return len(words) == 1 and is_large
    return True


def _slip(words: list[re.Match[str]], served: Collection[str]) -> NamedSpots | None:
    """A served place that a word after a preposition nearly names, where no page has that word."""
    for number, word in enumerate(words):
        before = words[number - 1][0].lower() if number else ""
        typed = fold(word[0])
        if before not in _PREPOSITIONS or len(typed) < _SHORTEST_SLIP:
            continue
        found = [
            spots
            for name, spots in gazetteer().by_name.items()
            if name[0] == typed[0]
            and abs(len(name) - len(typed)) <= 1
            and any(spot.kreis in served for spot in spots)
            and edit_distance(typed, name, 1) == 1
        ]
        # No sentence ends with „in“ and an adjective or a verb: „wer hilft in reine“.
        is_last = number == len(words) - 1 and word[0].islower() and lemma_of(word[0]) is not None
        if found and (is_last or not _is_indexed(typed)):
            spots = max(found, key=lambda spots: max(len(spot.codes) for spot in spots))
            return NamedSpots(word.start(), word.end(), spots, typed=word[0])
    return None


def _is_indexed(word: str) -> bool:
    return IndexedWord.objects.filter(word=word, entries__gt=0).exists()

"""One surface word → its form and parts: gender endings, hyphens, lemma, compound, stem."""

import re
from functools import lru_cache

from cms.text import UMLAUTS, compose, fold

from .compounds import known_parts, split_unknown
from .lemmas import family, lemma_of
from .nouns import noun_table
from .stemming import english_stem, german_stem

MAX_FORM = 60
"""Longest form that is kept; nothing that is a word is longer."""

_HYPHENS = re.compile(r"[-\u2010\u2011]")
_APOSTROPHE = re.compile(r"['’](?:s\b)?")

# Verein*innen, Bürger:innen, Berater_innen, Unternehmer/-innen, Kolleg(inn)en, Berater(in),
# Beamte:r, and inside compounds: Bürger:innenbeteiligung.
_GENDER_MARK = re.compile(
    r"(?<=[^\W\d_])(?:[*:_·•]|/-?)(?:innen|in(?![^\W\d_])|[rn](?![^\W\d_]))"
    r"|\((?:innen|in|inn|r|n|e|en)\)(?:en)?"
)
# BürgerInnen, BürgerInnenbeteiligung, LehrerIn.
_GENDER_CAPITAL = re.compile(r"(?<=[a-zäöüß])I(?:nnen(?=[a-zäöüß]|$|-)|n(?=$|-))")
# The bare consonant that a mark leaves behind: Kolleg*in, Expert:in → Kollege, Experte.
_MASCULINE = ("", "e", "er")
# Typed without the dots (Fachkrafte), which is not a spelling of German and so not folded: long
# words only, short ones are too often other words.
_WITHOUT_DOTS = tuple((pair, pair[0]) for pair in UMLAUTS.values())
_MIN_PLAIN = 9
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Reading = tuple[str, tuple[str, ...]]


@lru_cache(maxsize=40_000)
def read_word(surface: str, language: str) -> Reading:
    """Return the form a word is found by and its weaker alternatives.

    Args:
        surface: the word as written, with inner hyphens and gender marks.
        language: ``"de"`` or anything else for English rules.

    Returns:
        The form, empty when nothing searchable is left, and the parts without the form itself.
    """
    word = _APOSTROPHE.sub("", compose(surface))
    read = _german if language.startswith("de") else _english
    form, parts = read(word)
    kept = dict.fromkeys(part[:MAX_FORM] for part in parts if len(part) > 1)
    form = form[:MAX_FORM]
    kept.pop(form, None)
    return form, tuple(kept)


def _english(word: str) -> Reading:
    pieces = [fold(piece) for piece in _HYPHENS.split(word) if piece]
    if len(pieces) < 2:
        return english_stem("".join(pieces)), ()
    stems = tuple(english_stem(piece) for piece in pieces)
    return "".join(pieces[:-1]) + stems[-1], stems


def _german(word: str) -> Reading:
    word = _strip_capital_mark(word).replace("/-", "/")
    pieces = [piece for piece in _HYPHENS.split(word) if piece]
    if not pieces:
        return "", ()
    if len(pieces) == 1:
        return _piece(pieces[0])
    readings = [_piece(piece) for piece in pieces]
    joined = "".join(fold(_GENDER_MARK.sub("", piece)) for piece in pieces)
    whole, whole_parts = _noun_or_compound(joined) or (None, ())
    if whole is None:
        last = fold(_GENDER_MARK.sub("", pieces[-1]))
        whole = joined[: len(joined) - len(last)] + readings[-1][0]
    if whole_parts and len(whole_parts) >= len(pieces):
        return whole, whole_parts
    parts = [alternative for form, more in readings for alternative in (form, *more)]
    return whole, tuple(parts)


def _strip_capital_mark(word: str) -> str:
    """Turn BürgerInnen into Bürger*innen where the rest is a noun (LinkedIn stays)."""
    found = _GENDER_CAPITAL.search(word)
    if found is None:
        return word
    before = fold(_HYPHENS.split(word[: found.start()])[-1])
    if _masculine(before) is None:
        return word
    return word[: found.start()] + "*" + found[0].lower() + word[found.end() :]


def _masculine(base: str) -> str | None:
    """Return the noun that a word cut off at its gender mark stands for."""
    table = noun_table()
    candidates = [base + ending for ending in _MASCULINE]
    for umlaut, plain in _WITHOUT_DOTS:
        # Ärzt*innen, Anwält*innen: the umlaut belongs to the feminine.
        head, found, tail = base.rpartition(umlaut)
        if found:
            candidates.append(head + plain + tail)
    known = [word for word in candidates if word in table.lemma_of]
    for word in known:
        # Kolleg*in is of Kollege, not of das Kolleg.
        if "m" in table.genus.get(table.lemma_of[word], ""):
            return word
    if known:
        return known[0]
    return base if split_unknown(base) else None


def _piece(piece: str) -> Reading:
    """Read a word without hyphens."""
    mark = _GENDER_MARK.search(piece)
    if mark is None:
        return _folded(fold(piece), piece)
    before, after = fold(piece[: mark.start()]), fold(piece[mark.end() :])
    base = _masculine(before) or before
    form, parts = _folded(base + after)
    feminine = noun_table().lemma_of.get(before + "in")
    if not after and feminine:
        parts = (*parts, feminine)
    return form, parts


def _noun_or_compound(word: str) -> Reading | None:
    lemma = noun_table().lemma_of.get(word)
    if lemma:
        return lemma, known_parts(lemma) + _masculine_of(lemma)
    found = split_unknown(word)
    if found is None:
        return None
    form, parts = found
    # Schriftführerin: not in the table as a whole, but its last part is.
    last = next((part for part in reversed(parts) if form.endswith(part)), "")
    masculine = _masculine_of(last)
    if masculine:
        parts = (*parts, form[: len(form) - len(last)] + masculine[0])
    return form, parts


def _masculine_of(lemma: str) -> tuple[str, ...]:
    """Let Beraterinnen be found by Berater as well, more weakly."""
    table = noun_table()
    if not lemma.endswith("in") or set(table.genus.get(lemma, "")) != {"f"}:
        return ()
    base = _masculine(lemma[:-2])
    masculine = table.lemma_of.get(base) if base else None
    return (masculine,) if masculine and "m" in table.genus.get(masculine, "") else ()


def _folded(word: str, surface: str = "") -> Reading:
    """Read a folded word: noun, other word, compound, word typed without umlauts, or stem."""
    if not word or not word.isalpha():
        return word, ()
    noun = noun_table().lemma_of.get(word)
    lemma = lemma_of(surface or word)
    if lemma and noun is None:
        return fold(lemma), family(fold(lemma))
    # gründen, not den Gründen: a small letter and a basic form tell the verb.
    if lemma and noun != word and surface.islower() and fold(lemma) == word:
        return word, (*family(word), *([noun] if noun else ()))
    found = _noun_or_compound(word) or _typed_plain(word)
    if found is None:
        return german_stem(word), ()
    form, parts = found
    return form, parts + family(form)


def _typed_plain(word: str) -> Reading | None:
    """Read a long unknown word as if one umlaut had been typed as its plain vowel."""
    if len(word) < _MIN_PLAIN:
        return None
    for at, letter in enumerate(word):
        if letter in "aou" and word[at + 1 : at + 2] != "e":
            with_umlaut = word[: at + 1] + "e" + word[at + 1 :]
            lemma = noun_table().lemma_of.get(with_umlaut)
            if lemma:
                return lemma, known_parts(lemma)
    return None


def is_known_word(surface: str, language: str) -> bool:
    """Tell whether a word is one of German, or a compound of such words."""
    if not language.startswith("de"):
        return False
    word = fold(compose(surface))
    return word in noun_table().lemma_of or lemma_of(surface) is not None


def is_other_word(form: str) -> bool:
    """Tell whether the form of a German word is of the dictionary, and no noun.

    Of nouns only those with a gender count: *Klein* is a name.
    """
    table = noun_table()
    return table.lemma_of.get(form) not in table.genus and lemma_of(form) is not None


def known_neighbours(word: str, language: str) -> list[str]:
    """German nouns one letter away from a folded word: left out, inserted, replaced or swapped."""
    if not language.startswith("de"):
        return []
    known = noun_table().lemma_of
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {head + tail[1:] for head, tail in cuts if tail}
    near |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    near |= {head + letter + tail for head, tail in cuts for letter in _LETTERS}
    near |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS}
    return sorted(other for other in near if other in known and len(other) >= _MIN_PLAIN)


def is_ordinary_word(surface: str) -> bool:
    """Tell whether a German word is more than a name: *Essen* is, *Görlitz* is not."""
    table, word = noun_table(), fold(compose(surface))
    lemma = table.lemma_of.get(word)
    return lemma in table.genus if lemma else lemma_of(surface) is not None

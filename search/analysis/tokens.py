"""Text → tokens, for index and query alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cms.text import IGNORABLE, fold

from .lemmas import lemma_of
from .nouns import noun_table
from .rules import rules
from .words import MAX_FORM, read_word

MAX_QUERY_CHARACTERS = 200
MAX_QUERY_TOKENS = 12

# Letters and digits with what may hang on them: combining accents, invisible characters.
_L = r"[^\W_]"
_LETTERS = rf"{_L}+(?:[\u0300-\u036f{IGNORABLE}]+{_L}*)*"
_MARK = rf"(?:(?:[*:_·•]|/-?)(?:innen|in(?!{_L})|[rn](?!{_L}))|\((?:innen|in|inn|r|n|e|en)\))"
_WORD = rf"{_LETTERS}(?:{_MARK}(?:{_LETTERS})?|['’]{_LETTERS})?"
_NUMBER_OR_WORD = (
    # 1.000  12.05.2026  10:30  2026/27  030/12345
    rf"(?P<number>\d+(?:[.,:/]\d+)+(?!{_L}))"
    rf"|(?P<word>{_WORD}(?:[-\u2010\u2011]{_WORD})*)"
)
# anna.muster@example.org, www.example.org
_ADDRESS = r"(?P<address>[^\W_][\w.+-]{0,64}@[^\W_][\w-]*(?:\.[\w-]+)*\w|www\.\w[\w.-]*\w)"
_TOKEN = re.compile(_NUMBER_OR_WORD)
_TOKEN_OR_ADDRESS = re.compile(rf"{_ADDRESS}|{_NUMBER_OR_WORD}")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PIECES = re.compile(r"[\W_]+")
_DIGITS_AND_HYPHENS = re.compile(r"\d+(?:[-\u2010\u2011]\d+)+")


@dataclass(frozen=True, slots=True)
class Token:
    """A searchable word of a text.

    Attributes:
        surface: the word as written.
        start: where it begins in the text.
        end: where it ends (exclusive).
        form: what it is found by; never contains blanks or ``|``.
        parts: weaker alternatives at the same position: parts of a compound, pieces around a
            hyphen, the masculine of a feminine. Never contains the form.
    """

    surface: str
    start: int
    end: int
    form: str
    parts: tuple[str, ...]


def surfaces(text: str) -> Iterator[str]:
    """Yield the words and numbers of a text as written; of an address its pieces."""
    return (found[0] for found in _TOKEN.finditer(text))


def scan(text: str, language: str) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Yield start, end, form and parts of each token; what :func:`analyse` makes tokens of."""
    # Looking for an address at every word costs half the time; few texts have one.
    pattern = _TOKEN_OR_ADDRESS if "@" in text or "www." in text else _TOKEN
    for found in pattern.finditer(text):
        surface = found[0]
        kind = found.lastgroup
        if kind == "word":
            if surface[0].isdigit() and _DIGITS_AND_HYPHENS.fullmatch(surface):
                for piece in re.finditer(r"\d+", surface):
                    start = found.start() + piece.start()
                    yield start, start + len(piece[0]), piece[0][:MAX_FORM], ()
                continue
            form, parts = read_word(surface, language)
        elif kind == "number":
            form, parts = _number(surface)
        else:
            form, parts = _address(surface)
        if form:
            yield found.start(), found.end(), form, parts


def _number(surface: str) -> tuple[str, tuple[str, ...]]:
    if _THOUSANDS.fullmatch(surface):
        return surface.replace(".", "")[:MAX_FORM], ()
    pieces = _PIECES.split(surface)
    return surface[:MAX_FORM], tuple(dict.fromkeys(p[:MAX_FORM] for p in pieces if len(p) >= 4))


def _address(surface: str) -> tuple[str, tuple[str, ...]]:
    form = surface.lower()
    pieces = [piece for piece in _PIECES.split(form) if len(piece) >= 3 and piece != "www"]
    return form[: 2 * MAX_FORM], tuple(dict.fromkeys(piece[:MAX_FORM] for piece in pieces))


def analyse(text: str, language: str = "de") -> list[Token]:
    """Return the tokens of a text in reading order.

    Args:
        text: plain text of any length; what is no letter or digit only separates.
        language: language code of the text; ``de…`` gets German rules, all else English ones.
    """
    return [
        Token(text[start:end], start, end, form, parts)
        for start, end, form, parts in scan(text, language)
    ]


def index_string(text: str, language: str) -> str:
    """Return the tokens as both engines index them: ``form|part|part form …``."""
    return " ".join(
        "|".join((form, *parts)) if parts else form for _, _, form, parts in scan(text, language)
    )


def query_tokens(text: str, language: str) -> list[Token]:
    """Return the distinct tokens of what a visitor typed, at most 12 of the first 200 characters.

    Function words (*für*, *und*) are left out: they say nothing of what is looked for.
    """
    found: dict[str, Token] = {}
    for token in analyse(text[:MAX_QUERY_CHARACTERS], language):
        found.setdefault(token.form, token)
    function_words = rules().function_words["de" if language.startswith("de") else "en"]
    meaningful = [
        token
        for token in found.values()
        if function_words.isdisjoint(_spellings(token, language, alone=len(found) == 1))
    ]
    return meaningful[:MAX_QUERY_TOKENS]


def _spellings(token: Token, language: str, *, alone: bool) -> tuple[str, ...]:
    """What is looked for among the function words.

    The lemma of a noun is none (die Eins), which a capital tells, but not at the beginning.
    """
    word = fold(token.surface)
    if not language.startswith("de"):
        return (word,)
    is_capital = token.surface[0].isupper() and (token.start > 0 or alone)
    if is_capital and word in noun_table().lemma_of:
        return (word,)
    return word, fold(lemma_of(token.surface) or word)

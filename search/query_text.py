"""What a visitor typed, taken apart: words, excluded words, quoted phrases.

``-wort`` excludes, quotation marks make a phrase; everything else is words. A lone quotation mark
or hyphen means nothing.
"""

import re
from dataclasses import dataclass

from cms.text import fold
from search.analysis import Token, analyse, query_tokens
from search.analysis.tokens import MAX_QUERY_TOKENS

_QUOTED = re.compile(r"[\"„“”«»]([^\"„“”«»]+)[\"„“”«»]")
_EXCLUDED = re.compile(r"(?<!\S)[-−–](?=[^\W_])([^\s\"„“”«»]+)")


@dataclass(frozen=True)
class QueryText:
    """A text of a search.

    Args:
        words: that should be found, those of phrases included, without function words.
        excluded: words that must not be found.
        phrases: quoted texts as typed.
        is_function_words: whether there is nothing but function words.
    """

    words: tuple[Token, ...] = ()
    excluded: tuple[Token, ...] = ()
    phrases: tuple[str, ...] = ()
    is_function_words: bool = False


def parse(text: str, language: str) -> QueryText:
    """Take ``text`` apart; positions of the tokens are those in ``text``."""
    excluded: list[Token] = []
    for found in _EXCLUDED.finditer(text):
        excluded += query_tokens(found[1], language)[:1]
    rest = without_excluded(text)
    phrases = tuple(
        " ".join(found[1].split()) for found in _QUOTED.finditer(rest) if fold(found[1]).strip()
    )
    words = query_tokens(rest, language)
    return QueryText(
        words=tuple(words),
        excluded=tuple(excluded[:MAX_QUERY_TOKENS]),
        phrases=phrases[:MAX_QUERY_TOKENS],
        is_function_words=not words and any(True for _ in analyse(rest[:200], language)),
    )


def without_excluded(text: str) -> str:
    """``text`` with blanks instead of excluded words, so that positions stay."""
    return _EXCLUDED.sub(lambda found: " " * len(found[0]), text)

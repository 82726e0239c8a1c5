"""What the full-text tables of SQLite and PostgreSQL have in common.

Both index the ready-made tokens of ``search.analysis``. A token string is
``form|part|part form …``. Every lexeme is encoded to ASCII letters, digits and
``_``, so that neither database's own tokenizer nor any syntax can split or read it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from search.engines.base import Term, Word

#: More tokens of a text than this are not indexed: 1 MB is the limit of a tsvector.
MAX_TOKENS = 20_000
_MAX_LEXEME = 80
_NOT_PLAIN = re.compile(r"[^a-z0-9]")


def lexeme(value: str) -> str:
    """``value`` as one safe lexeme, e.g. ``förder`` as ``f_f6_rder``."""
    return _NOT_PLAIN.sub(lambda match: f"_{ord(match[0]):x}_", value[:_MAX_LEXEME].lower())


@dataclass(frozen=True)
class Lexemes:
    """Forms and parts of one field, as lexemes, in the order of the text."""

    forms: tuple[str, ...]
    parts: tuple[str, ...]

    @classmethod
    def read(cls, tokens: str) -> "Lexemes":
        """Take a token string apart."""
        forms: list[str] = []
        parts: list[str] = []
        for token in tokens.split(" ")[:MAX_TOKENS]:
            form, *rest = token.split("|")
            if form:
                forms.append(lexeme(form))
                parts.extend(lexeme(part) for part in rest if part)
        return cls(tuple(forms), tuple(parts))


@dataclass(frozen=True)
class FulltextRow:
    """What is indexed of one entry."""

    page_id: int
    title: Lexemes
    summary: Lexemes
    text: Lexemes

    @classmethod
    def read(cls, page_id: int, title: str, summary: str, text: str) -> "FulltextRow":
        """Make a row of an entry's three token strings."""
        return cls(page_id, Lexemes.read(title), Lexemes.read(summary), Lexemes.read(text))


@dataclass(frozen=True)
class Matches:
    """Ids of the pages that have all words, in ascending order, and their scores."""

    page_ids: np.ndarray
    scores: np.ndarray

    @classmethod
    def of(
        cls, page_ids: Sequence[int] | np.ndarray, scores: Sequence[float] | np.ndarray
    ) -> "Matches":
        """Make arrays of what the database gave, as two columns rather than rows.

        10,000 row tuples cost more than the search itself, not least in garbage collection.
        """
        ids = np.asarray(page_ids, dtype=np.int64)
        order = np.argsort(ids, kind="stable")
        return cls(ids[order], np.asarray(scores, dtype=np.float64)[order])


class Fulltext(Protocol):
    """A table ``search_fulltext`` beside the entries, keyed by page id."""

    def write(self, rows: Sequence[FulltextRow]) -> None:
        """Insert or replace rows."""
        ...

    def remove(self, page_ids: Sequence[int]) -> None:
        """Delete rows; absent ones are no error."""
        ...

    def page_ids(self) -> set[int]:
        """Ids of all rows, for the sweep."""
        ...

    def match(self, words: Sequence[Word]) -> Matches:
        """Pages that have all ``words``, best matches with the highest score."""
        ...


def terms_of(words: Iterable[Word]) -> Iterator[Term]:
    """All terms, with lexemes in place of forms and parts."""
    for word in words:
        for term in word.terms:
            yield Term(lexeme(term.form), tuple(lexeme(part) for part in term.parts))

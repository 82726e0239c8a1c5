"""What the full-text tables of SQLite and PostgreSQL have in common.

Both index the ready-made tokens of ``search.analysis``. A token string is
``form|part|part form …``. Every lexeme is encoded to ASCII letters, digits and
``_``, so that neither database's own tokenizer nor any syntax can split or read it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

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


class Field(StrEnum):
    """Where a lexeme is looked for."""

    TITLE = "title"
    #: In its own form, anywhere.
    FORM = "form"
    #: As a weaker alternative, anywhere.
    PART = "part"


@dataclass(frozen=True)
class Clause:
    """A word form that is looked for in a field."""

    field: Field
    form: str


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

    def postings(self, clauses: Sequence[Clause]) -> list[np.ndarray]:
        """Ids of the pages with each of ``clauses``, in one query."""
        ...

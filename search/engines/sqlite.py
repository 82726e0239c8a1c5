"""Full text in SQLite: one FTS5 table."""

from collections.abc import Sequence

import numpy as np
from django.db import connection

from search.engines.base import Word
from search.engines.lexemes import FulltextRow, Matches, lexeme

# title_forms, summary_forms, text_forms, title_parts, parts: a word in its own form
# weighs more than the same as a part of a compound, and the title more than the text.
_WEIGHTS = "12.0, 5.0, 1.0, 3.0, 0.25"

# Without "MATERIALIZED" bm25 would stand inside an aggregate, where FTS5 refuses it.
_MATCH = f"""
WITH matches AS MATERIALIZED (
    SELECT rowid AS page_id, -bm25(search_fulltext, {_WEIGHTS}) AS score
    FROM search_fulltext WHERE search_fulltext MATCH %s
)
SELECT group_concat(page_id), group_concat(score) FROM matches
"""  # noqa: S608


class SqliteFulltext:
    """Full-text index on an FTS5 table of SQLite."""

    def write(self, rows: Sequence[FulltextRow]) -> None:
        """Insert or replace rows."""
        self.remove([row.page_id for row in rows])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_fulltext (rowid, title_forms, summary_forms, text_forms,"
                " title_parts, parts) VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    (
                        row.page_id,
                        " ".join(row.title.forms),
                        " ".join(row.summary.forms),
                        " ".join(row.text.forms),
                        " ".join(row.title.parts),
                        " ".join((*row.summary.parts, *row.text.parts)),
                    )
                    for row in rows
                ],
            )

    def remove(self, page_ids: Sequence[int]) -> None:
        """Delete the rows of ``page_ids``; unknown ids are ignored."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM search_fulltext WHERE rowid = %s", [(pk,) for pk in page_ids]
            )

    def page_ids(self) -> set[int]:
        """Ids of all rows."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM search_fulltext")
            return {row[0] for row in cursor.fetchall()}

    def match(self, words: Sequence[Word]) -> Matches:
        """Pages that have all ``words``."""
        expression = " AND ".join(_clause(word) for word in words)
        with connection.cursor() as cursor:
            cursor.execute(_MATCH, [expression])
            page_ids, scores = (
                np.fromstring(column or "", sep=",") for column in cursor.fetchone()
            )
        return Matches.of(page_ids, scores)


def _quote(value: str) -> str:
    return f'"{lexeme(value)}"'


def _clause(word: Word) -> str:
    """The word in FTS5's syntax: any of its terms, each by its form or by all its parts."""
    options: list[str] = []
    for term in word.terms:
        options.append(_quote(term.form))
        if term.parts:
            options.append("(" + " AND ".join(_quote(part) for part in term.parts) + ")")
    return "(" + " OR ".join(options) + ")"

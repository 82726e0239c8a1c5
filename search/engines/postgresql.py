"""Full text in PostgreSQL: one vector per page, without positions and without a dictionary.

The forms of the title stand in it a second time as ``^form``, the parts of compounds as ``~part``:
so "in the title" and "in its own form" are plain index look-ups, which read no vector.
"""

from collections.abc import Sequence

import numpy as np
from django.db import connection

from search.engines.lexemes import Clause, Field, FulltextRow, lexeme

_PREFIXES = {Field.TITLE: "^", Field.FORM: "", Field.PART: "~"}
_SELECT = "SELECT %s::int, array_agg(page_id) FROM search_fulltext WHERE vector @@ %s::tsquery"


class PostgresFulltext:
    """Full-text index on ``tsvector`` columns of PostgreSQL."""

    def write(self, rows: Sequence[FulltextRow]) -> None:
        """Insert or replace rows."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_fulltext (page_id, vector) VALUES (%s, %s::tsvector)"
                " ON CONFLICT (page_id) DO UPDATE SET vector = EXCLUDED.vector",
                [(row.page_id, _vector(row)) for row in rows],
            )

    def remove(self, page_ids: Sequence[int]) -> None:
        """Delete the rows of ``page_ids``; unknown ids are ignored."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_fulltext WHERE page_id = ANY(%s)", [list(page_ids)])

    def page_ids(self) -> set[int]:
        """Ids of all rows."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT page_id FROM search_fulltext")
            return {row[0] for row in cursor.fetchall()}

    def postings(self, clauses: Sequence[Clause]) -> list[np.ndarray]:
        """Ids of the pages with each of ``clauses``."""
        found = [np.empty(0, dtype=np.int64)] * len(clauses)
        if not clauses:
            return found
        params: list[int | str] = []
        for number, clause in enumerate(clauses):
            params += [number, _quote(lexeme(clause.form), _PREFIXES[clause.field])]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([_SELECT] * len(clauses)), params)
            for number, ids in cursor.fetchall():
                if ids:
                    found[number] = np.array(ids, dtype=np.int64)
        return found


def _quote(value: str, prefix: str = "") -> str:
    return f"'{prefix}{value}'"


def _vector(row: FulltextRow) -> str:
    titles = set(row.title.forms)
    forms = {*titles, *row.summary.forms, *row.text.forms}
    parts = {*row.title.parts, *row.summary.parts, *row.text.parts}
    return " ".join(
        [
            *map(_quote, forms),
            *(_quote(form, "^") for form in titles),
            *(_quote(part, "~") for part in parts),
        ]
    )

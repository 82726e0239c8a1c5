"""Full text in SQLite: one FTS5 table."""

from collections.abc import Sequence

import numpy as np
from django.db import connection

from search.engines.lexemes import Clause, Field, FulltextRow, lexeme

_COLUMNS = {
    Field.TITLE: "title_forms",
    Field.FORM: "title_forms summary_forms text_forms",
    Field.PART: "title_parts parts",
}
# SQLite joins at most 500 selects in one statement.
_MOST_SELECTS = 400
_SELECT = "SELECT %s, group_concat(rowid) FROM search_fulltext WHERE search_fulltext MATCH %s"


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

    def postings(self, clauses: Sequence[Clause]) -> list[np.ndarray]:
        """Ids of the pages with each of ``clauses``."""
        found = [np.empty(0, dtype=np.int64)] * len(clauses)
        with connection.cursor() as cursor:
            for start in range(0, len(clauses), _MOST_SELECTS):
                params: list[int | str] = []
                batch = list(enumerate(clauses))[start : start + _MOST_SELECTS]
                for number, clause in batch:
                    params += [number, f'{{{_COLUMNS[clause.field]}}} : "{lexeme(clause.form)}"']
                cursor.execute(" UNION ALL ".join([_SELECT] * len(batch)), params)
                for number, ids in cursor.fetchall():
                    if ids:
                        found[number] = np.fromstring(ids, dtype=np.int64, sep=",")
        return found

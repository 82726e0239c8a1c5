"""Full text in PostgreSQL: two vectors per page, no dictionary.

``vector`` only tells which pages match: every lexeme of the page, without
positions, the parts of compounds as ``~part`` so that "by its own form" is a plain
index look-up. ``rank_vector`` is small (title and summary only): ranking must read
the vector of every match, and reading long ones back is what makes it slow.
"""

from collections.abc import Sequence

from django.db import connection

from search.engines.base import Term, Word
from search.engines.lexemes import FulltextRow, Matches, terms_of

# Title form A, summary form B, part in the title C, part in the summary D; given as {D, C, B, A}.
_WEIGHTS = "{0.05, 0.25, 0.4, 1.0}"
# A page that has all words in their own form beats one that has them in parts of its text.
_FORM_BONUS = 0.03
_MAX_POSITION = 16_383


class PostgresFulltext:
    """Full-text index on ``tsvector`` columns of PostgreSQL."""

    def write(self, rows: Sequence[FulltextRow]) -> None:
        """Insert or replace rows."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_fulltext (page_id, vector, rank_vector)"
                " VALUES (%s, %s::tsvector, %s::tsvector) ON CONFLICT (page_id) DO UPDATE"
                " SET vector = EXCLUDED.vector, rank_vector = EXCLUDED.rank_vector",
                [(row.page_id, _vector(row), _rank_vector(row)) for row in rows],
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

    def match(self, words: Sequence[Word]) -> Matches:
        """Pages that have all ``words``."""
        # Ranked by "any of the terms": ts_rank gives nothing to a page that has one of two
        # words in its title and the other in its text.
        any_term = " | ".join(_weak(term) for term in terms_of(words))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT array_agg(page_id), array_agg(score) FROM ("
                "SELECT page_id, sum(score) AS score FROM ("
                " SELECT page_id, ts_rank(%s::float4[], rank_vector, %s::tsquery) AS score"
                " FROM search_fulltext WHERE vector @@ %s::tsquery"
                " UNION ALL"
                " SELECT page_id, %s::float4 FROM search_fulltext WHERE vector @@ %s::tsquery"
                ") AS matches GROUP BY page_id) AS scored",
                [
                    _WEIGHTS,
                    any_term,
                    _all_of(words, strict=False),
                    _FORM_BONUS,
                    _all_of(words, strict=True),
                ],
            )
            page_ids, scores = cursor.fetchone()
        return Matches.of(page_ids or (), scores or ())


def _quote(value: str, prefix: str = "") -> str:
    return f"'{prefix}{value}'"


def _vector(row: FulltextRow) -> str:
    forms = {*row.title.forms, *row.summary.forms, *row.text.forms}
    parts = {*row.title.parts, *row.summary.parts, *row.text.parts}
    return " ".join([*map(_quote, forms), *(_quote(part, "~") for part in parts)])


def _rank_vector(row: FulltextRow) -> str:
    weighted = [
        *((_quote(form), "A") for form in row.title.forms),
        *((_quote(form), "B") for form in row.summary.forms),
        *((_quote(part, "~"), "C") for part in row.title.parts),
        *((_quote(part, "~"), "D") for part in row.summary.parts),
    ]
    return " ".join(
        f"{value}:{position}{weight}"
        for position, (value, weight) in enumerate(weighted[:_MAX_POSITION], start=1)
    )


def _weak(term: Term) -> str:
    """A term (of lexemes) by its form, as a part of a compound, or by all its own parts."""
    options = [_quote(term.form), _quote(term.form, "~")]
    if term.parts:
        parts = (f"({_quote(part)} | {_quote(part, '~')})" for part in term.parts)
        options.append("(" + " & ".join(parts) + ")")
    return "(" + " | ".join(options) + ")"


def _all_of(words: Sequence[Word], *, strict: bool) -> str:
    clauses = []
    for word in words:
        terms = terms_of([word])
        options = [_quote(term.form) if strict else _weak(term) for term in terms]
        clauses.append("(" + " | ".join(options) + ")")
    return " & ".join(clauses)

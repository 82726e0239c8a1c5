"""The full-text table, which Django's models cannot describe: FTS5 or tsvector.

The engines in ``search/engines/`` say how it is filled and why it looks like this.
"""

from django.db import migrations

_CREATE = {
    # The tokens are ready-made lexemes of ASCII letters, digits and "_": nothing to split or fold.
    "sqlite": """
        CREATE VIRTUAL TABLE search_fulltext USING fts5(
            title_forms, summary_forms, text_forms, title_parts, parts,
            tokenize = "ascii tokenchars '_'"
        )
    """,
    # No foreign key: Django's flush truncates only the tables it knows, and a reference
    # from one it does not know would stop it. Without statistics the planner takes every
    # match for a rare one and uses the index; with them it reads and unpacks every vector
    # of the table for a common word.
    "postgresql": """
        CREATE TABLE search_fulltext (
            page_id integer PRIMARY KEY,
            vector tsvector NOT NULL
        );
        CREATE INDEX search_fulltext_vector ON search_fulltext
            USING gin (vector) WITH (fastupdate = off);
        ALTER TABLE search_fulltext ALTER COLUMN vector SET STATISTICS 0;
    """,
}


def create(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_CREATE[schema_editor.connection.vendor])


def drop(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_fulltext")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]

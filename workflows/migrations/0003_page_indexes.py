"""Indexes of Wagtail's table of pages that the start pages need, on PostgreSQL.

Without them it reads all pages of the nation for the drafts of one person and for the houses that
have published nothing lately. A model of ours cannot declare an index of another app's table.
"""

from django.db import migrations

_CREATE = """
    CREATE INDEX workflows_page_unpublished ON wagtailcore_page (latest_revision_id)
        WHERE has_unpublished_changes;
    CREATE INDEX workflows_page_published ON wagtailcore_page (last_published_at);
"""
_DROP = "DROP INDEX workflows_page_unpublished, workflows_page_published"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_DROP)


class Migration(migrations.Migration):
    dependencies = [("workflows", "0002_review")]

    operations = [migrations.RunPython(create, drop)]

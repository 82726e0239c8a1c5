"""The words of the search that a new site begins with."""

from django.db import migrations
from django.utils import timezone

from search.analysis.thesaurus import initial_lines


def fill(apps, schema_editor):
    Entry = apps.get_model("search", "ThesaurusEntry")
    now = timezone.now()
    Entry.objects.bulk_create(
        Entry(
            kind=str(line.kind),
            words="\n".join(line.words),
            others="\n".join(line.others),
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        for line in initial_lines()
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0002_fulltext")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

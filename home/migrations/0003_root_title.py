"""Name the root of all pages in German: Wagtail calls it "Root", and administrators see it."""

from django.db import migrations

WAGTAIL, OURS = "Root", "Alle Seiten"


def rename(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Page.objects.filter(depth=1, title=WAGTAIL).update(title=OURS, draft_title=OURS)


def rename_back(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Page.objects.filter(depth=1, title=OURS).update(title=WAGTAIL, draft_title=WAGTAIL)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_create_home_page")]

    operations = [migrations.RunPython(rename, rename_back)]

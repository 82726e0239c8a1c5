"""English is the second language of the site."""

from django.db import migrations


def add_english(apps, schema_editor):
    apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code="en")


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_media"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(add_english, migrations.RunPython.noop)]

"""Accounts that are deactivated already: their period starts now, nobody knows since when."""

from django.db import migrations
from django.utils import timezone


def start_period(apps, schema_editor):
    users = apps.get_model("cms", "User").objects
    users.filter(is_active=False, deactivated_at__isnull=True).update(deactivated_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_user_deactivated_at")]

    operations = [migrations.RunPython(start_period, migrations.RunPython.noop)]

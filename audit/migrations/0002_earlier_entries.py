"""Rows of the trail for what Wagtail's log holds already.

Pages by where they stand now. Everything else counts as national, so that no
house reads of another's people what was written before houses were noted.
"""

from collections.abc import Iterator

from django.db import migrations

# Root, home page, list of houses, house: four steps of four characters.
HOUSE_PATH = 16
BATCH = 500


def _page_rows(apps) -> Iterator:
    trail_entry = apps.get_model("audit", "TrailEntry")
    houses = {
        house.path: house.region_record
        for house in apps.get_model("regions", "HousePage").objects.select_related("region_record")
    }
    paths = dict(apps.get_model("wagtailcore", "Page").objects.values_list("pk", "path"))
    entries = apps.get_model("wagtailcore", "PageLogEntry").objects.order_by("pk")
    for entry in entries.only("pk", "page_id", "timestamp").iterator():
        house = houses.get(paths.get(entry.page_id, "")[:HOUSE_PATH])
        yield trail_entry(
            page_entry_id=entry.pk,
            timestamp=entry.timestamp,
            region_id=house.pk if house else None,
            region_name=house.name if house else "",
        )


def _model_rows(apps) -> Iterator:
    trail_entry = apps.get_model("audit", "TrailEntry")
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects.order_by("pk")
    for entry in entries.select_related("content_type").iterator():
        kind = entry.content_type.model if entry.content_type else ""
        yield trail_entry(
            model_entry_id=entry.pk,
            timestamp=entry.timestamp,
            about_people=kind in ("user", "group", "invitation"),
        )


def write_rows(apps, schema_editor) -> None:
    """Write them in batches; a log can be long."""
    trail_entry = apps.get_model("audit", "TrailEntry")
    for rows in (_page_rows(apps), _model_rows(apps)):
        batch = []
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                trail_entry.objects.bulk_create(batch)
                batch = []
        trail_entry.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [migrations.RunPython(write_rows, migrations.RunPython.noop)]

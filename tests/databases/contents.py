"""What a template gives to its tests, and its files: kept in the database itself."""

import base64
import json
import secrets
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings

from search.models import IndexClock


def write(connection: BaseDatabaseWrapper, build: Callable[[], Any]) -> None:
    """Build, and note what was built in the same database."""
    # The addresses of media keep the folder that they find when they are imported.
    import_module(settings.ROOT_URLCONF)
    with tempfile.TemporaryDirectory() as media, override_settings(MEDIA_ROOT=Path(media)):
        built = build()
        # Another history: nothing that a process remembers of other content fits by chance.
        IndexClock.objects.update(epoch=secrets.randbits(62))
        files = {
            str(path.relative_to(media)): base64.b64encode(path.read_bytes()).decode()
            for path in Path(media).rglob("*")
            if path.is_file()
        }
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS test_content (built text, files text)")
        cursor.execute("SELECT files FROM test_content")
        for (of_the_parent,) in cursor.fetchall():
            files = json.loads(of_the_parent) | files
        cursor.execute("DELETE FROM test_content")
        cursor.execute(
            "INSERT INTO test_content (built, files) VALUES (%s, %s)",
            [json.dumps(built, default=_reference), json.dumps(files)],
        )


def read(connection: BaseDatabaseWrapper) -> str:
    """What was built last, as text; its files are put where they belong."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT built, files FROM test_content")
        built, files = cursor.fetchone()
    for name, content in json.loads(files).items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))
    return built


def objects(text: str) -> Any:
    """The same with its objects, read from the database."""
    return json.loads(text, object_hook=_referred)


def _reference(value: Any) -> dict[str, Any]:
    if not isinstance(value, models.Model):
        raise TypeError(f"A template gives nothing like {value!r} to tests.")
    return {"model": value._meta.label, "pk": value.pk}


def _referred(entry: dict[str, Any]) -> Any:
    if entry.keys() != {"model", "pk"}:
        return entry
    return apps.get_model(entry["model"])._base_manager.get(pk=entry["pk"])

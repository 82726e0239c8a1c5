"""A stored template is built anew when anything changes that it is built from."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from scripts.bootstrap import ROOT
from search.engines import facet_arrays
from search.engines.facet_arrays import Snapshot
from search.models import IndexClock
from tests.databases import Databases
from tests.databases.stores import SQLiteStore
from tests.databases.templates import CODE_FILES, REGION, SCHEMA_FILES, Template, migrate
from tests.rooms import LOCAL_APPS


def matched(patterns: Iterable[str]) -> set[Path]:
    return {path for pattern in patterns for path in ROOT.glob(pattern)}


def files_of(folder: str) -> set[Path]:
    """Files of the project below ``folder``; not what Python or a computer leaves there."""
    found = (ROOT / folder).rglob("[!.]*")
    return {path for path in found if path.is_file() and "__pycache__" not in path.parts}


def test_the_templates_follow_every_file_of_the_rooms() -> None:
    files = set().union(*(files_of(room) for room in LOCAL_APPS))
    looks = {path for path in files if "static" in path.parts or path.suffix == ".css"}

    assert len(files) > 500
    assert sorted(files - looks - matched(CODE_FILES)) == []


@pytest.fixture
def database_template() -> Template:
    return REGION


@pytest.mark.django_db(transaction=True)
def test_what_was_read_of_one_copy_is_not_taken_for_the_next(database: Databases) -> None:
    version = IndexClock.version()
    before = Snapshot(epoch=version.epoch, counter=version.counter + 100)
    facet_arrays._shared = before
    database.discard()
    database.use(REGION)
    assert facet_arrays.current(IndexClock.version()) is not before


def test_a_file_that_another_process_removes_meanwhile_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / f"haeuser-tests-{os.getuid()}"
    folder.mkdir(mode=0o700)
    (folder / "renamed meanwhile").symlink_to("missing")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    template = Template("stored", build=migrate, code=str)
    source = SimpleNamespace(connection=sqlite3.connect(":memory:"))
    SQLiteStore().save(template, cast(BaseDatabaseWrapper, source))
    assert [path.name for path in folder.glob("*.sqlite3")] == [f"stored-{template.digest}.sqlite3"]


def test_the_schema_follows_the_data_that_migrations_fill_tables_from() -> None:
    read = files_of("search/analysis/data") | files_of("cms/data")

    assert len(read) > 2
    assert sorted(read - matched(SCHEMA_FILES)) == []

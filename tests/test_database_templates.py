"""A stored template is built anew when anything changes that it is built from."""

from collections.abc import Iterable
from pathlib import Path

from scripts.bootstrap import ROOT
from tests.databases.templates import CODE_FILES, SCHEMA_FILES
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


def test_the_schema_follows_the_data_that_migrations_fill_tables_from() -> None:
    read = files_of("search/analysis/data") | files_of("cms/data")

    assert len(read) > 2
    assert sorted(read - matched(SCHEMA_FILES)) == []

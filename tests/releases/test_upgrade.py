"""Databases of releases can be upgraded, whatever has been released since."""

import json
import lzma
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cms import __version__
from scripts.bootstrap import ROOT
from scripts.store_release import migration_digests

FOLDER = Path(__file__).parent
RELEASES = sorted(path.name.removesuffix(".sqlite3.xz") for path in FOLDER.glob("*.sqlite3.xz"))


def test_there_is_a_release() -> None:
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_a_database_of_a_release_is_migrated_and_all_its_content_opens(
    release: str, tmp_path: Path
) -> None:
    database = tmp_path / "release.sqlite3"
    database.write_bytes(lzma.decompress((FOLDER / f"{release}.sqlite3.xz").read_bytes()))
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{database}",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "VAR_DIR": str(tmp_path),
        "ELASTICSEARCH_URL": "",
    }
    visit = [sys.executable, "-m", "tests.releases.visit"]
    done = subprocess.run(
        visit, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]


@pytest.mark.parametrize("release", RELEASES)
def test_no_migration_of_a_release_has_changed(release: str) -> None:
    released = json.loads((FOLDER / f"{release}.json").read_text(encoding="utf-8"))
    now = migration_digests()
    assert [path for path, digest in released.items() if now.get(path) != digest] == []


def test_the_version_is_the_one_of_the_changelog() -> None:
    versions = re.findall(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[:1] == [__version__]

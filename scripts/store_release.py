"""Store the database of a release: its schema with the content of the demo, and its migrations.

    python scripts/store_release.py

Run once when a release is made. What it writes to tests/releases is never changed afterwards: tests
migrate each of these databases, read and edit what is in it, and compare the migrations.
"""

import json
import lzma
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cms import __version__
from scripts.bootstrap import ROOT
from scripts.demo import manage
from scripts.digest import digest_of

FOLDER = ROOT / "tests" / "releases"


def migration_digests() -> dict[str, str]:
    """A digest of each migration, by its path."""
    paths = sorted(path.relative_to(ROOT) for path in ROOT.glob("*/migrations/[0-9]*.py"))
    return {str(path): digest_of([str(path)]) for path in paths}


def stored_demo() -> bytes:
    """A new demo's database, compressed."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "demo.sqlite3")
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DATABASE_URL": f"sqlite:///{database}",
            "MEDIA_ROOT": str(Path(folder, "media")),
            "VAR_DIR": folder,
        }
        for command in (("migrate", "--verbosity=0"), ("build_demo",)):
            manage(Path(sys.executable), environment, *command)
        with closing(sqlite3.connect(database)) as connection:
            # One file: what a journal beside it held is in it.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("VACUUM")
        return lzma.compress(database.read_bytes(), preset=9 | lzma.PRESET_EXTREME)


def main() -> int:
    """Store the release that the code says it is, once."""
    database = FOLDER / f"{__version__}.sqlite3.xz"
    if database.exists():
        print(f"{__version__} is stored already.")
        return 1
    database.write_bytes(stored_demo())
    digests = json.dumps(migration_digests(), indent=2) + "\n"
    (FOLDER / f"{__version__}.json").write_text(digests, encoding="utf-8")
    print(f"Stored {__version__}: {database.stat().st_size:,} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Compile locale/**/*.po to .mo with polib, so that no gettext has to be installed.

Compiled files are not committed. Fuzzy and obsolete entries are left out, as msgfmt does.
"""

import os
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def compile_all(folder: Path = ROOT / "locale") -> list[Path]:
    """Write the .mo beside each .po that is newer, and return what was written.

    Args:
        folder: where to look, with all folders below it.

    Raises:
        OSError: a file is no valid .po (the message names the line).
    """
    written = []
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Test workers compile at the same time: nobody may read half a file.
        partial = target.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(source)).save_as_mofile(str(partial))
        partial.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_all():
        print(f"Compiled {path.relative_to(ROOT)}")

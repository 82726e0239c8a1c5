"""One value for the content of many files: what is built from them is kept until it changes."""

import hashlib
from collections.abc import Collection, Iterable

from scripts.bootstrap import ROOT


def digest_of(patterns: Iterable[str], without: Collection[str] = ()) -> str:
    """One value for the content of all files; another value means that one has changed.

    Args:
        patterns: of paths below the project's folder, as :meth:`pathlib.Path.glob` reads them.
        without: top folders whose files do not count; hidden ones never do.
    """
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        inside = path.relative_to(ROOT)
        if inside.parts[0] in without or inside.parts[0].startswith("."):
            continue
        if path.is_file():
            digest.update(str(inside).encode() + path.read_bytes())
    return digest.hexdigest()

"""Who may what: reads ``expectations.txt`` and compares it with what happened.

A cell says where a role gets in. It is ``-`` (nowhere) or a list of whose
objects: ``own``, ``foreign``, ``national`` or ``all``, each with ``draft`` or
``live`` behind it where only pages in that state are meant; ``yes`` where the
address takes no object. Behind a colon stands ``get`` or ``post`` where only
that method is let in.
"""

from collections.abc import Iterable
from pathlib import Path

from tests.isolation.cases import METHODS, STATES, WHOSE

TABLE = Path(__file__).with_name("expectations.txt")
COLUMNS = ("editor", "lead", "national_editor", "administrator", "anonymous")
#: A house's editor is the same to the other house.
COLUMN_OF = {"other_editor": "editor"}

Allowed = frozenset[tuple[str, str]]


def read_table() -> dict[str, dict[str, str]]:
    """The cells of every address, by its key and the role."""
    rows: dict[str, dict[str, str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        key, *cells = (part.strip() for part in line.split("|"))
        if key in rows or len(cells) not in (4, 5):
            raise ValueError(f"{TABLE.name}: look at “{line}”")
        rows[key] = dict(zip(COLUMNS, [*cells, "-"][:5], strict=True))
    return rows


def allowed_by(cell: str, targets: tuple[str, ...]) -> Allowed:
    """The targets and methods that a cell lets in."""
    allowed = set()
    for part in (part.strip() for part in cell.split(",") if part.strip() != "-"):
        words, _colon, method = part.partition(":")
        matching = {target for target in targets if _matches(words, target)}
        if not matching:
            raise ValueError(f"“{part}” means none of {targets}")
        allowed |= {
            (target, name)
            for target in matching
            for name in METHODS
            if method in ("", name.lower())
        }
    return frozenset(allowed)


def _matches(words: str, target: str) -> bool:
    if words in ("yes", "all"):
        return (words == "yes") == (target == "-")
    return set(words.split()) <= set(target.split())


def cell_for(allowed: Iterable[tuple[str, str]], targets: tuple[str, ...]) -> str:
    """The shortest cell for what was observed, to be judged and entered."""
    allowed, parts = frozenset(allowed), []
    words = ["yes", "all", *WHOSE, *STATES, *(f"{w} {s}" for w in WHOSE for s in STATES)]
    left = set(allowed)
    for method in ("", ":get", ":post"):
        for word in words:
            try:
                meant = allowed_by(word + method, targets)
            except ValueError:
                continue
            if meant <= allowed and meant & left:
                parts.append(word + method)
                left -= meant
    return ", ".join(parts) or "-"

"""What the walk through all templates takes for granted."""

import re

from scripts.bootstrap import ROOT

DARK = re.compile(r"@media \(prefers-color-scheme:\s*dark\)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
DECLARATION = re.compile(r"([\w-]+):\s*([^;{}]+);")
COLOUR = re.compile(r"#[0-9a-f]{3,8}")
#: They have a colour among other things, and change no more than how something looks.
LOOKS = {"--shadow", "filter"}
SEEN = ("*.css", "*.html", "*.js", "*.svg")


def sheets() -> list[str]:
    """Whatever of what browsers get mentions the dark."""
    folders = [path.parent for path in ROOT.glob("*/apps.py")]
    places = [ROOT / "static", ROOT / "templates", *folders]
    texts = [
        path.read_text(encoding="utf-8")
        for place in places
        for kind in SEEN
        for path in place.rglob(kind)
    ]
    return [text for text in texts if "prefers-color-scheme" in text]


def test_in_the_dark_nothing_but_colours_is_another() -> None:
    blocks = [block for text in sheets() for block in DARK.findall(text)]
    assert len(blocks) == sum(text.count("prefers-color-scheme") for text in sheets()) >= 2
    declared = [entry for block in blocks for entry in DECLARATION.findall(block)]
    assert len(declared) > 20
    assert {
        name for name, value in declared if not COLOUR.fullmatch(value) and name not in LOOKS
    } == set()

"""What style sheets and scripts ask of a browser (docs/reference/browsers.md)."""

import re

import pytest

from cms.assets.cascade_layers import selectors
from cms.assets.stylesheet import joined, more_sources, sheet
from scripts.bootstrap import ROOT

#: Those of the floor, and ``@container``, without which boxes stay in one column.
AT_RULES = {"@font-face", "@media", "@page", "@supports", "@container"}
#: Newer than the floor, or unknown to one of its browsers.
NEWER = re.compile(
    r":(has|focus-visible|user-invalid|user-valid|open|modal|popover-open)\b|::details"
)
#: Would not be understood: nesting, and functions without which a declaration is lost.
UNKNOWN = re.compile(r"\blight-dark\(|\bcolor-mix\(|\boklch\(|\d[sdl]v[hw]\b|&")

sheets = pytest.mark.parametrize("css", [sheet(), joined(*more_sources())], ids=["site", "more"])


def mixed(css: str) -> list[list[str]]:
    """Lists of selectors that a browser of the floor would leave out for one it does not know."""
    found = []
    for group in selectors(css):
        # Within :is() an unknown selector takes no other with it.
        newer = [bool(NEWER.search(re.sub(r":is\([^()]*\)", "", one))) for one in group]
        if any(newer) and not all(newer):
            found.append(group)
    return found


@sheets
def test_at_rules_are_those_of_the_floor(css):
    assert set(re.findall(r"@[\w-]+", css)) <= AT_RULES


@sheets
def test_no_newer_selector_takes_others_with_it(css):
    assert mixed(css) == []


@sheets
def test_no_declaration_is_lost(css):
    assert UNKNOWN.findall(css) == []


def test_scripts_set_roles_as_attributes():
    """Chrome 88 and Firefox 78 do not know them as properties: nothing would be said."""
    scripts = (ROOT / "static/js").glob("*.js")
    set_as_property = re.compile(r"\.(role|aria[A-Z]\w*) = ")
    assert [path.name for path in scripts if set_as_property.search(path.read_text())] == []


def test_a_newer_selector_among_others_would_be_found():
    assert mixed("a:hover, a:focus-visible { x: 1 }") != []
    assert mixed("a:is(:hover, :focus-visible) { x: 1 } a:has(b) { x: 2 }") == []

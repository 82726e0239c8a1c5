"""Style sheets, put together from the sources beside the templates."""

import re
from collections import defaultdict

import pytest
from django.conf import settings

from cms.assets.stylesheet import more_sources, sources

TEMPLATES = settings.BASE_DIR / "templates"
SOURCES = [*sources(), *more_sources()]
VALUES = re.compile(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(|\boklch\(")


def test_every_style_beside_a_template_is_in_a_sheet():
    assert set(TEMPLATES.rglob("*.css")) <= set(SOURCES)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_source_is_in_a_layer(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"@font-face \{[^}]*\}", "", text).strip()
    assert re.fullmatch(r"(@layer [\w, ]+;)?(\s*(@media print \{\s*)?@layer .*)?", text, re.DOTALL)


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path.name not in ("tokens.css", "print.css")],
    ids=lambda path: path.name,
)
def test_colours_are_tokens(path):
    assert VALUES.findall(path.read_text(encoding="utf-8")) == []


def test_each_class_is_laid_out_in_one_source():
    """Two blocks of one name overwrite one another: all sources become one sheet."""
    sources_of = defaultdict(set)
    for path in sources():
        for_screens = path.read_text(encoding="utf-8").partition("@media print")[0]
        for name in re.findall(r"^  \.([a-z-]+)(?:,| \{)$", for_screens, re.MULTILINE):
            sources_of[name].add(path.name)
    assert {name: found for name, found in sources_of.items() if len(found) > 1} == {}

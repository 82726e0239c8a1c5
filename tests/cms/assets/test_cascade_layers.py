"""Layers are served as their effect."""

import re

import pytest

from cms.assets.cascade_layers import LAYERS, flattened, selectors, split_list
from cms.assets.stylesheet import FIRST, sheet, sources

NOT = ":not(#_)"


def lines(css: str) -> list[str]:
    return flattened(css).strip().splitlines()


def test_rules_come_in_the_order_of_their_layers():
    css = "@layer components { .a { x: 1 } } @layer reset { p { x: 2 } }"
    assert [line.partition("{")[0].split(":")[0] for line in lines(css)] == ["p ", ".a"]


def test_a_later_layer_outranks_every_selector_of_an_earlier_one():
    css = "@layer layout { .a .b .c { x: 1 } } @layer components { p { x: 2 } }"
    assert lines(css) == [f".a .b .c{NOT} {{ x: 1 }}", f"p{NOT}{NOT} {{ x: 2 }}"]


def test_every_selector_of_a_list_is_raised_before_its_pseudo_element():
    css = "@layer layout { .a:is(h2, h3)::after, .b { x: 1 } }"
    assert lines(css) == [f".a:is(h2, h3){NOT}::after, .b{NOT} {{ x: 1 }}"]


def test_conditions_stay_around_their_rules():
    css = "@media print { @layer print { @page { x: 1 } .a { x: 2 } } }"
    assert lines(css) == ["@media print {", "@page { x: 1 }", f".a{NOT * 4} {{ x: 2 }}", "}"]


def test_a_brace_in_a_text_ends_nothing():
    css = '@layer reset { p::before { content: "}"; } p { x: 1 } }'
    assert lines(css) == ['p::before { content: "}"; }', "p { x: 1 }"]


def test_fonts_stand_first():
    css = "@layer reset { p { x: 1 } } @font-face { src: y }"
    assert lines(css)[0] == "@font-face { src: y }"


@pytest.mark.parametrize("css", ["@layer unbekannt { p { x: 1 } }", "@layer a.b { p { x: 1 } }"])
def test_an_unknown_layer_is_refused(css):
    with pytest.raises(ValueError, match="no such layer"):
        flattened(css)


@pytest.mark.parametrize("css", ["p { x: 1 }", "@media print { p { x: 1 } }"])
def test_a_style_in_no_layer_is_refused(css):
    with pytest.raises(ValueError, match="in no layer"):
        flattened(css)


def test_lists_are_taken_apart_outside_of_brackets():
    assert split_list('a:is(b, c), [d="e,f"] g') == ["a:is(b, c)", '[d="e,f"] g']


def test_sources_name_the_layers_in_this_order():
    (tokens,) = [path for path in sources() if path.name == FIRST[0]]
    named = re.search(r"@layer ([\w, ]+);", tokens.read_text(encoding="utf-8"))
    assert named is not None
    assert named[1].split(", ") == list(LAYERS)


def test_nothing_of_the_reset_can_outrank_the_base():
    (base,) = [path for path in sources() if path.name == "base.css"]
    reset = base.read_text(encoding="utf-8").partition("@layer reset {")[2].partition("@layer")[0]
    found = [one for each in selectors(reset.rpartition("}")[0]) for one in each]
    assert len(found) > 10
    assert [one for one in found if not re.fullmatch(r"\*|[a-z]\w*|\*?::\w+", one)] == []


def test_the_sheet_has_no_layer():
    assert "@layer" not in sheet()

"""The list of contents above a long text."""

import pytest
from django.template import Context, Template

from cms.templatetags.contents import with_anchors


def sections(number: int, length: int) -> str:
    """A text of so many sections with so many characters each."""
    return "".join(f"<h2>Teil {count}</h2><p>{'x' * length}</p>" for count in range(number))


def render(html: str) -> str:
    template = Template(
        "{% load contents %}{% listing_contents %}{{ html|safe }}{% endlisting_contents %}"
    )
    return template.render(Context({"html": html}))


def test_a_long_text_lists_its_sections():
    html = render(sections(3, 2000))
    assert html.count('href="#abschnitt-teil-') == 3
    assert html.index("<nav") < html.index("<h2")


@pytest.mark.parametrize(("number", "length"), [(2, 5000), (5, 100)])
def test_a_text_of_few_sections_or_words_has_none(number, length):
    assert "<nav" not in render(sections(number, length))


def test_headings_of_one_text_have_different_addresses():
    html, sections = with_anchors('<h2>Ziele</h2><h2>Ziele</h2><h2 class="x">Geld &amp; Gut</h2>')
    anchors = [section.anchor for section in sections]
    assert anchors == ["abschnitt-ziele", "abschnitt-ziele-2", "abschnitt-geld-gut"]
    assert all(f'id="{anchor}"' in html for anchor in anchors)


def test_a_heading_keeps_the_address_it_has():
    html, (section,) = with_anchors('<h2 id="how">Wie <b>es</b> geht</h2>')
    assert html == '<h2 id="how">Wie <b>es</b> geht</h2>'
    assert (section.anchor, section.text) == ("how", "Wie es geht")

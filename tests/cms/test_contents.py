"""The list of contents above a long text."""

from django.template import Context, Template

from cms.templatetags.contents import with_anchors

FOUR = "".join(f"<h2>Teil {number}</h2><p>Text.</p>" for number in range(4))


def render(html: str) -> str:
    template = Template(
        "{% load contents %}{% listing_contents %}{{ html|safe }}{% endlisting_contents %}"
    )
    return template.render(Context({"html": html}))


def test_a_long_text_lists_its_sections():
    html = render(FOUR)
    assert html.count('href="#abschnitt-teil-') == 4
    assert html.index("<nav") < html.index("<h2")


def test_a_short_text_has_no_list():
    assert "<nav" not in render(FOUR.partition("<h2>Teil 3")[0])


def test_headings_of_one_text_have_different_addresses():
    html, sections = with_anchors('<h2>Ziele</h2><h2>Ziele</h2><h2 class="x">Geld &amp; Gut</h2>')
    anchors = [section.anchor for section in sections]
    assert anchors == ["abschnitt-ziele", "abschnitt-ziele-2", "abschnitt-geld-gut"]
    assert all(f'id="{anchor}"' in html for anchor in anchors)


def test_a_heading_keeps_the_address_it_has():
    html, (section,) = with_anchors('<h2 id="how">Wie <b>es</b> geht</h2>')
    assert html == '<h2 id="how">Wie <b>es</b> geht</h2>'
    assert (section.anchor, section.text) == ("how", "Wie es geht")

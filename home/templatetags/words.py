"""Explain the other world's words in a text."""

from django import template
from django.template import Context
from django.template.base import Node, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from home.glossary.annotation import findings
from home.glossary.matching import lexicon
from regions.finder.selected_region import keeping

register = template.Library()


class ExplainingNode(Node):
    """A text whose words are explained below it."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """The text with references, then the explanations they lead to."""
        html = self.nodelist.render(context)
        request, page = context.get("request"), context.get("page")
        if request is None:
            return html
        known = lexicon(request, get_language() or "de")
        if getattr(page, "pk", None) in known.pages:
            return html
        found = findings(html, known)
        if not found.explained:
            return html
        more = {
            "explained": found.explained,
            "url": keeping(request, known.url),
            "title": known.title,
        }
        return found.put_into(html) + render_to_string("components/words.html", more)


@register.tag
def explaining_words(parser: Parser, token: Token) -> ExplainingNode:
    """Explain words of the glossary that the enclosed text uses, below it."""
    nodelist = parser.parse(("endexplaining_words",))
    parser.delete_first_token()
    return ExplainingNode(nodelist)


@register.simple_tag(takes_context=True)
def words_looked_up(context: Context, text: str) -> list[tuple[str, str]]:
    """Words of a search that the glossary explains, and where.

    Args:
        context: of the template.
        text: what a visitor looks for.
    """
    request = context.get("request")
    if request is None or not text:
        return []
    found = lexicon(request, get_language() or "de").looked_up(text)
    return [(word, keeping(request, url)) for word, url in found]

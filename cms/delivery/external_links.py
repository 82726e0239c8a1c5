"""Links that lead away are marked: a sign for those who see it, words for those who hear it.

Done in the finished page, so that it holds for text of editors, for templates and translations.
"""

import re

from django.utils.translation import gettext

_LINK = re.compile(
    r'<a\b(?P<attributes>[^>]*?\shref="https?://(?P<host>[^/"?#]*)[^>]*)>(?P<text>.*?)</a>',
    re.DOTALL,
)
_REL = re.compile(r'\srel="([^"]*)"')
#: The joiner keeps the sign on the line of the last word.
_SIGN = "\u2060\u00a0↗"


def mark_external_links(html: str, own_host: str) -> str:
    """HTML whose links to other sites say so.

    Args:
        html: a whole page or a part of one.
        own_host: name of this site, with its port if it has one.
    """
    words = gettext("(other website)")
    mark = (
        f'<span class="visually-hidden"> {words}</span>'
        f'<span class="external" aria-hidden="true">{_SIGN}</span>'
    )

    def marked(link: re.Match[str]) -> str:
        if link["host"].lower() == own_host.lower():
            return link[0]
        # One element around all of it: in a flex box it stays one text.
        return f"<a{_external(link['attributes'])}><span>{link['text']}{mark}</span></a>"

    return _LINK.sub(marked, html)


def _external(attributes: str) -> str:
    """The attributes with ``rel="external"``, beside what the relation is already."""
    found = _REL.search(attributes)
    if not found:
        return f'{attributes} rel="external"'
    if "external" in found[1].split():
        return attributes
    return attributes.replace(found[0], f' rel="{found[1]} external"', 1)

"""The site's one style sheet, put together from small sources.

Tokens, plain elements and the print sheet live in ``static/css``; the style of a template
stands beside it in ``templates`` (``contact.html``, ``contact.css``, ``contact.toml``).
Visitors get one file, ``css/site.css``: a request less for each of the rest.
"""

from pathlib import Path

from django.conf import settings

#: The name of the sheet below ``STATIC_URL``.
SHEET = "css/site.css"
#: Before all others; the first of them names the layers, which settle what overrides what.
FIRST = ("tokens.css", "fonts.css", "base.css")
#: Folders of templates, from the frame of a page to whole pages.
FOLDERS = ("base", "components", "blocks", "pages")
LAST = "print.css"


def sources() -> list[Path]:
    """All sources in their order."""
    static, templates = settings.BASE_DIR / "static" / "css", settings.BASE_DIR / "templates"
    beside = [path for folder in FOLDERS for path in sorted((templates / folder).glob("*.css"))]
    return [*(static / name for name in FIRST), *beside, static / LAST]


def sheet() -> str:
    """The one style sheet of the site: all sources, in the order of their layers."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sources())

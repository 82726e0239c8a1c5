"""The style sheets of the site, put together from small sources.

Tokens, plain elements and the print sheet live in ``static/css``; the style of a template
stands beside it in ``templates`` (``contact.html``, ``contact.css``, ``contact.toml``).
Visitors get one file, ``css/site.css``: a request less for each of the rest. Self-checks and
accounts bring one of their own. All are served without layers (:mod:`cms.assets.cascade_layers`).
"""

from pathlib import Path

from django.conf import settings

from cms.assets.cascade_layers import flattened

#: The name of the sheet below ``STATIC_URL``.
SHEET = "css/site.css"
#: Before all others; the first of them names the layers, which settle what overrides what.
FIRST = ("tokens.css", "fonts.css", "base.css")
#: Folders of templates, from the frame of a page to whole pages.
FOLDERS = ("base", "components", "blocks", "pages")
LAST = "print.css"
#: Sheets of some pages only: their names below ``STATIC_URL``, their source below the templates.
MORE_SHEETS = {
    "css/checks.css": "checks/checks.css",
    "css/check-paper.css": "checks/check-paper.css",
    "css/account.css": "account/account.css",
}


def sources() -> list[Path]:
    """All sources of the sheet of the site, in their order."""
    static, templates = settings.BASE_DIR / "static" / "css", settings.BASE_DIR / "templates"
    beside = [path for folder in FOLDERS for path in sorted((templates / folder).glob("*.css"))]
    return [*(static / name for name in FIRST), *beside, static / LAST]


def more_sources() -> list[Path]:
    """The sources of the sheets of some pages."""
    return [settings.BASE_DIR / "templates" / source for source in MORE_SHEETS.values()]


def sheet() -> str:
    """The one style sheet of the site: all sources, in the order of their layers."""
    return joined(*sources())


def joined(*paths: Path) -> str:
    """The style of some sources."""
    return flattened("\n".join(path.read_text(encoding="utf-8") for path in paths))

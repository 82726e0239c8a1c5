"""A page for the reverse proxy to show while the application does not answer.

It stands alone: style and drawing are in it, it refers to no other file.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from cms.assets.stylesheet import joined
from cms.models import SiteSettings

_STYLES = (
    "static/css/tokens.css",
    "static/css/maintenance.css",
    "templates/components/button.css",
)

#: What the proxy has to send with it (docs/how-to/run-production.md): the style is in the page.
HEADERS = {
    "Retry-After": "120",
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
}


def _own(path: str) -> str:
    return (settings.BASE_DIR / path).read_text(encoding="utf-8").strip()


def maintenance_page() -> str:
    """The page, with the contact of the national desk if there is one."""
    style = joined(*(settings.BASE_DIR / path for path in _STYLES))
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            # Files of ours, so they are written as they are.
            "style": SafeString(f"<style>\n{style}\n</style>"),
            "drawing": SafeString(_own("static/illustrations/pause.svg")),
            "contact": SiteSettings.load().contact,
        }
        return render_to_string("maintenance.html", context)

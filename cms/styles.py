"""The site's one style sheet, put together from small sources.

Tokens, plain elements and the print sheet live in ``static/css``; the style of a template
stands beside it in ``templates`` (``contact.html``, ``contact.css``, ``contact.toml``).
Visitors get one file, ``css/site.css``: a request less for each of the rest.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

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
    """The style sheet."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sources())


class StyleFinder(BaseFinder):
    """Lets staticfiles find the sheet, renewed whenever a source has changed."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "styles")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing can be configured wrongly."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:
        """Where the sheet lies."""
        if path != SHEET:
            return []
        found = str(self._write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """The sheet, for ``collectstatic``."""
        if not matches_patterns(SHEET, ignore_patterns or []):
            self._write()
            yield SHEET, self.storage

    def _write(self) -> Path:
        target = Path(self.storage.path(SHEET))
        text = sheet()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            # In one step: another process may be reading.
            new = target.with_suffix(".new")
            new.write_text(text, encoding="utf-8")
            new.replace(target)
        return target

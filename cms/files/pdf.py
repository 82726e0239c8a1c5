"""Pages as PDF/UA-1, made by WeasyPrint where its library Pango is; elsewhere there is none.

Made in a child process while the request waits, and stored nowhere: a task of a worker would keep
what people filled in among the tasks (docs/adr/0020-pdf.md). So few at a time, over all processes
of the site, that others go on being served.
"""

import base64
import ctypes.util
import importlib.util
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

from cms.files import process
from cms.files.process import MOST_SECONDS, FileProblem

__all__ = ["Busy", "FileProblem", "is_available", "place", "to_pdf"]

#: So many are made at a time.
MOST_AT_ONCE = 2
#: In ``SHARED_CACHE_PREFIXES``: all processes count together.
CACHE_PREFIX = "pdf-place"
#: What WeasyPrint opens when it is imported.
LIBRARIES = ("pango-1.0", "pangoft2-1.0")


class Busy(Exception):
    """Others are having PDFs made; it can be tried again in a few seconds."""


@lru_cache(maxsize=1)
def is_available() -> bool:
    """Whether this machine can make PDFs."""
    if importlib.util.find_spec("weasyprint") is None:
        return False
    return all(ctypes.util.find_library(name) for name in LIBRARIES)


def to_pdf(html: str, style: str, files: Mapping[str, Path]) -> bytes:
    """The PDF of a page.

    Args:
        html: the page, with its title and language.
        style: its only style sheet.
        files: what the two may open, by its address; nothing else is.

    Raises:
        FileProblem: if it cannot be made, or takes too long.
    """
    order = {
        "html": html,
        "style": style,
        "base": f"{settings.WAGTAILADMIN_BASE_URL}/",
        "files": {address: str(path) for address, path in files.items()},
    }
    return base64.b64decode(process.run("pdf_child.py", "to_pdf", order)["pdf"])


@contextmanager
def place() -> Iterator[None]:
    """Take one of the places in which PDFs are made; given back if this process is killed.

    Raises:
        Busy: if :data:`MOST_AT_ONCE` are being made.
    """
    keys = [f"{CACHE_PREFIX}:{number}" for number in range(MOST_AT_ONCE)]
    taken = next((key for key in keys if cache.add(key, True, MOST_SECONDS + 10)), None)
    if taken is None:
        raise Busy
    try:
        yield
    finally:
        cache.delete(taken)

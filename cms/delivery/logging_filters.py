"""What stands in the log: the request, an error's traceback once, no titles and no keys.

A log is read by people who may not see every draft: its lines name things by their numbers, and no
line holds a key that opens something.
"""

import logging
import re
import time
import traceback
from collections import OrderedDict
from threading import Lock

from django.http import HttpRequest

from cms.delivery.request_id import request_id_of

#: ``id=7``, ``revision_id=9``, ``from=3`` in a line of Wagtail's.
NUMBERS = re.compile(r"\b(?:\w*id|pk|from)=\d+")


#: Addresses below are not made of titles.
UNTITLED = ("/admin/", "/konto/", "/-/")


class NoTitles(logging.Filter):
    """Takes titles, and addresses made of titles, out of what Wagtail logs below a warning.

    Its lines begin with what happened and a colon, then come the title and some numbers. The
    first and the last stay.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; all lines pass."""
        if record.levelno < logging.WARNING and record.name.split(".")[0] == "wagtail":
            happened = str(record.msg).partition(":")[0].partition("%")[0].strip()
            # Only what follows the title: a title, too, may look like a number.
            rest = record.getMessage().rpartition('"')[2]
            record.msg, record.args = " ".join([happened, *NUMBERS.findall(rest)]), ()
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            record.args = tuple(
                _without_slugs(request) if part == request.path else part for part in record.args
            )
        return True


#: The end of a signed link (:mod:`cms.signed_links`): the part that nobody can guess.
SIGNATURE = re.compile(r"(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/)[0-9a-f]{64}\b")


class NoSignedLinks(logging.Filter):
    """Takes the signature out of addresses: who reads a log must not be able to open the link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; all lines pass."""
        line = record.getMessage()
        if SIGNATURE.search(line):
            record.msg, record.args = SIGNATURE.sub(r"\1…", line), ()
        return True


def _without_slugs(request: HttpRequest) -> str:
    """The section only: the slug of a page is its title. Signed links are made of none."""
    path = request.path
    if SIGNATURE.search(path):
        return SIGNATURE.sub(r"\1…", path)
    section, _slash, rest = path.removeprefix("/").partition("/")
    if path == "/" or path.startswith(UNTITLED):
        return path
    if rest:
        return f"/{section}/…"
    match = request.resolver_match
    is_page = match is None or match.url_name == "wagtail_serve"
    return "/…" if is_page and "." not in section else path


class RequestIds(logging.Filter):
    """Gives each line the id of its request, for the format."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add ``request_id``; all lines pass."""
        request = getattr(record, "request", None)
        record.request_id = request_id_of(request if isinstance(request, HttpRequest) else None)
        return True


class RecurringErrors(logging.Filter):
    """The traceback of an error once in a while, and a line for each time it comes again.

    Args:
        seconds: how long the same error, raised at the same line, has no traceback again.
        most: so many errors are remembered.
    """

    def __init__(self, seconds: float = 600, most: int = 100) -> None:
        super().__init__()
        self._seconds, self._most = seconds, most
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the line of an error that recurs; all lines pass."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and (times := self._count(place := _place(error))) > 1:
            record.msg, record.args = f"{record.getMessage()}: {place} (the {times}th time)", ()
            record.exc_info = record.exc_text = record.stack_info = None
        return True

    def _count(self, place: str) -> int:
        """How often the error has come since its last traceback, this time included."""
        now = time.monotonic()
        with self._lock:
            since, times = self._seen.pop(place, (now, 0))
            if now - since > self._seconds:
                since, times = now, 0
            self._seen[place] = since, times + 1
            if len(self._seen) > self._most:
                self._seen.popitem(last=False)
            return times + 1


def _place(error: BaseException) -> str:
    """Its type and where it was raised; not its text, which may be anybody's."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"

"""The page cache: responses to readers without a cookie, per process (docs/adr/0012).

A cached response belongs to one content version (:mod:`cms.delivery.change_tracking`),
which is read from the database at most once a second; another version empties the cache.
Nothing lives longer than a minute or over midnight, because pages say what is over and what is due
today.
"""

import datetime
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from threading import Lock
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.module_loading import import_string

from cms.delivery.compression import CODINGS, decode, encode, negotiate_encoding
from cms.delivery.content_version import VersionClock, process_versions
from cms.delivery.health import HEALTH_PREFIX
from cms.models.changes import ContentVersion

#: Pages with parameters (filters, numbers of pages) may take this part of the memory.
SHARE_WITH_PARAMETERS = 0.25
#: How long the database is not asked for the content version after it did not answer.
RETRY_SECONDS = 10.0
_MAX_PAGE = 1024 * 1024
_MAX_ADDRESS = 1000
#: Shorter texts do not get shorter.
_LEAST = 500
#: What a kept page takes besides its text.
_OVERHEAD = 2048
#: Added to addresses by those who link to us; no page reads them, and none shall keep them.
_TRACKING = ("utm_", "mtm_", "pk_", "fbclid", "gclid", "mc_")
#: What an answer may vary by and yet be kept: nobody without a cookie is anybody, the language
#: stands in the address, and every coding is made from the same text.
_VARY = {"cookie", "accept-language", "accept-encoding"}
#: Attribute of a request: when the answer to it ends, in seconds of the epoch.
_ENDS_AT = "_answer_ends_at"
_NOT_KEPT = ("private", "no-store", "no-cache", "max-age=0")

Key = tuple[str, str, str, str]


@dataclass
class Stored:
    """A finished answer.

    Args:
        headers: without those that depend on the coding.
        text: the text, gzipped.
        until: when it ends, in seconds of the epoch.
        bodies: the text in other codings, made when first asked for.
    """

    headers: dict[str, str]
    text: bytes
    until: float
    bodies: dict[str, bytes] = field(default_factory=dict)

    def body(self, coding: str) -> bytes:
        """The body in a content coding, compressed when first asked for."""
        if coding == "gzip":
            return self.text
        if coding not in self.bodies:
            body = encode(coding, decode("gzip", self.text))
            if not coding:  # hardly ever asked for
                return body
            self.bodies[coding] = body
        return self.bodies[coding]


@dataclass
class SizedLRU:
    """LRU cache of responses, bounded by bytes."""

    size: int
    used: int = 0
    answers: "OrderedDict[Key, tuple[int, Stored]]" = field(default_factory=OrderedDict)

    def get(self, key: Key) -> Stored | None:
        """The stored response for ``key``, which becomes the most recently used one."""
        found = self.answers.get(key)
        if found is None:
            return None
        self.answers.move_to_end(key)
        return found[1]

    def put(self, key: Key, answer: Stored) -> None:
        """Store a response; evict the least recently used ones beyond the limit of bytes."""
        self.drop(key)
        size = _OVERHEAD + len(CODINGS) * len(answer.text)
        self.answers[key] = size, answer
        self.used += size
        while self.used > self.size:
            self.drop(next(iter(self.answers)))

    def drop(self, key: Key) -> None:
        """Forget what is kept under ``key``, if anything is."""
        if found := self.answers.pop(key, None):
            self.used -= found[0]


class Cache:
    """What one process keeps.

    Args:
        size: bytes it may take.
        clock: gives seconds of the epoch.
        versions: tells the content version.
    """

    def __init__(
        self,
        size: int,
        clock: Callable[[], float] = time.time,
        versions: VersionClock = process_versions,
    ) -> None:
        plain = int(size * (1 - SHARE_WITH_PARAMETERS))
        self.caches = {False: SizedLRU(plain), True: SizedLRU(size - plain)}
        self._clock = clock
        self._lock = Lock()
        self._versions = versions
        self._version: ContentVersion | None = None
        self._retry_at = 0.0

    def version(self) -> ContentVersion | None:
        """The content version, at most a second old; ``None`` while the database is away.

        What is stored is then served until it ends: a minute at most, and nothing is added. The
        database is asked again after :data:`RETRY_SECONDS` only, because a connection that
        nobody answers takes its whole timeout.
        """
        if 0 < self._retry_at - self._clock() <= RETRY_SECONDS:
            return None
        try:
            version = self._versions.get()
        except Error:
            self._retry_at = self._clock() + RETRY_SECONDS
            return None
        with self._lock:
            if version != self._version:
                for with_parameters, cache in self.caches.items():
                    self.caches[with_parameters] = SizedLRU(cache.size)
            self._version = version
        return version

    def get(self, key: Key) -> Stored | None:
        """The answer kept under ``key`` for the version read last."""
        with self._lock:
            cache = self.caches[bool(key[-1])]
            answer = cache.get(key)
            # Further away than any answer lives: the clock was set back since.
            if answer and not 0 < answer.until - self._clock() <= settings.PAGE_CACHE_SECONDS:
                cache.drop(key)
                return None
            return answer

    def put(self, key: Key, answer: Stored, version: ContentVersion) -> None:
        """Store an answer made at ``version``, unless that is the past by now."""
        with self._lock:
            if version == self._version:
                self.caches[bool(key[-1])].put(key, answer)

    def until(self) -> float:
        """When an answer that is begun now ends."""
        now = self._clock()
        today = timezone.localtime(datetime.datetime.fromtimestamp(now, datetime.UTC))
        midnight = (today + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0)
        return min(now + settings.PAGE_CACHE_SECONDS, midnight.timestamp())


class PageCacheMiddleware:
    """Answers readers without a cookie from memory; compresses and dates what is made for them.

    Stands before everything that makes answers, so that what is kept has all their headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PAGE_CACHE_BYTES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.cache = Cache(settings.PAGE_CACHE_BYTES)
        names = (import_string(path)() for path in settings.PAGE_CACHE_PARAMETERS)
        self._parameters = frozenset(chain.from_iterable(names))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from the page cache, or call the view and store what it answers."""
        if not is_anonymous_read(request):
            return self.get_response(request)
        drop_tracking(request)
        coding = negotiate_encoding(request.headers.get("Accept-Encoding", ""))
        key = self._key(request)
        version = self.cache.version() if key else None
        stored = self.cache.get(key) if key else None
        if stored:
            return _unless_known(request, _restored(stored, coding))
        until = self.cache.until()
        response = self.get_response(request)
        if not (key and version and request.method == "GET"):
            return _unless_known(request, finish(response, coding))
        if isinstance(response, HttpResponse) and may_be_kept(request, response):
            text = response.content
            _date(response, text)
            until = min(until, getattr(request, _ENDS_AT, until))
            self.cache.put(
                key, Stored(dict(response.items()), encode("gzip", text), until), version
            )
        return _unless_known(request, finish(response, coding))

    def _key(self, request: HttpRequest) -> Key | None:
        """What answers are told apart by; ``None`` where a parameter may be anything."""
        asked = request.GET
        if not self._parameters.issuperset(asked) or len(request.get_full_path()) > _MAX_ADDRESS:
            return None
        pairs = [(name, value) for name in sorted(asked) for value in asked.getlist(name)]
        host = request.get_host().lower()
        return request.scheme or "", host, request.path_info, urlencode(pairs)


def end_answer_at(request: HttpRequest, moment: datetime.datetime) -> None:
    """Have the answer to ``request`` kept until ``moment`` at most: what it says ends then."""
    vars(request)[_ENDS_AT] = min(moment.timestamp(), getattr(request, _ENDS_AT, float("inf")))


def is_anonymous_read(request: HttpRequest) -> bool:
    """Whether nothing in the request tells one reader from another.

    Any cookie does, whatever it is for. Wagtail's previews ask for a page by its public
    address, with the editor's cookies, and say so.
    """
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("HTTP_COOKIE")
        and "HTTP_AUTHORIZATION" not in request.META
        and not getattr(request, "is_dummy", False)
        and not request.path_info.startswith(
            (settings.STATIC_URL, settings.MEDIA_URL, HEALTH_PREFIX)
        )
    )


def drop_tracking(request: HttpRequest) -> None:
    """Take out of the address what others have added to links: the page is the same."""
    if not any(name.startswith(_TRACKING) for name in request.GET):
        return
    kept = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if not name.startswith(_TRACKING):
            kept.setlist(name, values)
    request.META["QUERY_STRING"] = kept.urlencode()
    kept._mutable = False
    vars(request)["GET"] = kept


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether everybody without a cookie may get this answer.

    Not what sets a cookie (a session, a form's token, a message), not what a view
    forbids, not what varies by more than we tell apart, not what holds a nonce.
    """
    control = response.get("Cache-Control", "").lower()
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and not any(word in control for word in _NOT_KEPT)
        and varies <= _VARY
        and getattr(request, "_csp_nonce", None) is None
        and not getattr(request, "is_preview", False)
        and len(response.content) <= _MAX_PAGE
    )


def _date(response: HttpResponse, text: bytes) -> None:
    """Let readers' programs ask whether it is still the same, each time."""
    digest = hashlib.blake2b(text, digest_size=12).hexdigest()
    # Weak: the same text in any coding.
    response.headers.setdefault("ETag", f'W/"{digest}"')
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))


def finish(response: HttpResponseBase, coding: str) -> HttpResponseBase:
    """Date and compress an answer to somebody without a cookie.

    Such an answer holds no secret that could be guessed from its length (BREACH).
    """
    kind = response.get("Content-Type", "")
    if not isinstance(response, HttpResponse) or not _is_text(kind):
        return response
    if response.has_header("Content-Encoding"):
        return response
    text = response.content
    if response.status_code == 200 and "no-store" not in response.get("Cache-Control", ""):
        _date(response, text)
    patch_vary_headers(response, ("Accept-Encoding",))
    if coding and len(text) >= _LEAST:
        response.content = encode(coding, text)
        response["Content-Encoding"] = coding
    response["Content-Length"] = str(len(response.content))
    return response


def _is_text(kind: str) -> bool:
    return kind.startswith("text/") or any(word in kind for word in ("json", "xml"))


def _restored(stored: Stored, coding: str) -> HttpResponse:
    body = stored.body(coding)
    response = HttpResponse(body, headers=stored.headers)
    if coding:
        response["Content-Encoding"] = coding
    response["Content-Length"] = str(len(body))
    return response


def _unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or a 304 for who has it already."""
    etag = response.get("ETag")
    if not etag or response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    return get_conditional_response(request, etag, None, response) or response

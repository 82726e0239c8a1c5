"""A page cache on a clock of its own, and a site that counts how often it renders."""

import datetime

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from cms.delivery import page_cache
from cms.delivery.content_version import VersionClock

BIG = "<p>Haus</p>" * 100
NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC).timestamp()


class Clock:
    """Seconds of the epoch, as the test says."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(settings, monkeypatch) -> Clock:
    """Switches the cache on; every client made from now on is a process of its own."""
    settings.PAGE_CACHE_BYTES = 2**20
    clock = Clock()
    cache = page_cache.Cache
    monkeypatch.setattr(
        page_cache, "Cache", lambda size: cache(size, clock=clock, versions=VersionClock(clock))
    )
    return clock


class Site:
    """A site with one page, which says how often it was made."""

    def __init__(self, answer=None) -> None:
        self.renderings = 0
        self._answer = answer or (lambda request: HttpResponse(f"{BIG}{self.renderings}"))
        self.middleware = page_cache.PageCacheMiddleware(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        self.renderings += 1
        return self._answer(request)

    def get(self, address: str = "/seite/", **more) -> HttpResponse:
        """Ask for the page."""
        response = self.middleware(RequestFactory().get(address, **more))
        assert isinstance(response, HttpResponse)
        return response


@pytest.fixture
def counting_site(clock, db) -> Site:
    """A site whose page may be kept."""
    return Site()

"""A real browser for the walks: Debian's Chromium through Playwright."""

import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from quality.browser import chromium
from quality.site import Site, served
from tests.databases import Databases

#: Seconds that the server may take to answer what was asked last.
LONGEST_ANSWER = 20
#: Seconds in which what a closed browser has sent reaches the server.
ON_THE_WAY = 0.2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest walk first: otherwise one process makes it while all others have ended."""
    items.sort(key=lambda item: item.path.name != "test_main_job.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all walks."""
    # Playwright keeps an event loop in this thread; Django would refuse the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as browser:
        yield browser


@pytest.fixture
def database(browser: Browser, database: Databases) -> Databases:
    """After the browser: beside Playwright's event loop Django uses connections of their own."""
    return database


@pytest.fixture
def live_server(database: Databases) -> Iterator[LiveServer]:
    """A server for each walk; pytest-django's would stay with the database of the first one."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def public_site() -> Iterator[Site]:
    """The demo as production serves it."""
    with served() as site:
        yield site


@pytest.fixture
def answered(live_server) -> Iterator[None]:
    """Ends when the server has answered everything.

    The editor saves by itself. Where such a request is still at work when the tables are emptied
    after a test, each of the two waits for the other. In SQLite's memory all threads of the server
    share one connection and so one transaction; there it answers one request after the other.
    """
    running: set[int] = set()
    is_shared = connection.vendor == "sqlite" and connection.is_in_memory_db()
    turn = threading.Lock()

    def begin(sender: object, **kwargs: object) -> None:
        if is_shared:
            turn.acquire(timeout=LONGEST_ANSWER)
        running.add(threading.get_ident())

    def end(sender: object, **kwargs: object) -> None:
        running.discard(threading.get_ident())
        if turn.locked():
            turn.release()

    request_started.connect(begin)
    request_finished.connect(end)
    yield
    deadline = time.monotonic() + LONGEST_ANSWER
    quiet_since = time.monotonic()
    while (now := time.monotonic()) < deadline and now - quiet_since < ON_THE_WAY:
        if running:
            quiet_since = now
        time.sleep(0.02)
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def tab(browser: Browser, live_server, answered: None) -> Iterator[Callable[..., Page]]:
    """Open a tab of somebody's own, signed in or not; scripts can be off."""
    contexts = []

    def open_tab(user=None, javascript: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale="de-DE",
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        if user:
            page.goto("/anmelden/")
            page.fill("[name=login]", user.email)
            page.fill("[name=password]", "kooperation")
            page.click("main button[type=submit]")
            page.wait_for_url("**/admin/")
        return page

    yield open_tab
    for context in contexts:
        context.close()

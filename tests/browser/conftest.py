"""A real browser for the walks: Debian's Chromium through Playwright."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page

from quality.browser import chromium
from quality.site import Site, served


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """One browser for all walks."""
    stored = getattr(connection, "_test_serialized_contents", None)
    # Playwright keeps an event loop in this thread; Django would refuse the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as browser:
        # Beside Playwright's event loop Django opens another connection, which has to know
        # what the database is filled with again after each walk.
        if stored is not None:
            connection._test_serialized_contents = stored
        yield browser


@pytest.fixture(scope="session")
def public_site() -> Iterator[Site]:
    """The demo as production serves it."""
    with served() as site:
        yield site


@pytest.fixture
def tab(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
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

"""Organisations that fill in a self-check in a real browser: with autosave, double clicks, a second
device. Where no answer comes, they open the section by its link and answer it once more.
"""

import time
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page

from bench.organisations import PATIENCE, PREFIX, TRAP, Lost, Organisation


def fill_in(browser: Browser, one: Organisation) -> None:
    """From the first section to the result; what goes wrong is noted."""
    try:
        _until_kept(browser, one, f"/selbstcheck/{one.page}/abschnitt/1/", TRAP)
        for number in range(2, one.sections + 1):
            _until_kept(browser, one, f"{one.link}abschnitt/{number}/", 1.2)
    except Exception as error:
        one.problem = f"{type(error).__name__}: {error}"


def _until_kept(browser: Browser, one: Organisation, path: str, seconds: float) -> None:
    """Answer a section on a device of its own, which thinks for some seconds before it sends."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        context = browser.new_context(base_url=f"http://127.0.0.1:{one.site.port}", locale="de-DE")
        try:
            if _is_kept(context.new_page(), one, path, seconds):
                return
        except Error:
            pass
        finally:
            context.close()
        one.attempts += 1
        time.sleep(1)
    raise Lost(path)


def _is_kept(page: Page, one: Organisation, path: str, seconds: float) -> bool:
    shown = page.goto(path)
    if shown is None or shown.status != 200:
        return False
    chosen = {}
    for group in page.locator("main fieldset.question").all():
        choices = group.locator("input[type=radio]").all()
        choice = one.rng.choice(choices)
        choice.check()
        name = choice.get_attribute("name") or ""
        chosen[name.removeprefix(PREFIX)] = choice.get_attribute("value") or ""
    page.wait_for_timeout(seconds * 1000)
    button = page.locator("main form button[value=weiter]")
    with page.expect_navigation(wait_until="load") as navigation:
        button.dblclick() if one.number % 2 else button.click()
    page.wait_for_load_state("load")
    led = urlsplit(page.url).path
    if navigation.value.status != 200 or led == path or not led.startswith("/selbstcheck/"):
        return False
    one.link = one.link or led.partition("abschnitt/")[0]
    one.kept |= chosen
    return True

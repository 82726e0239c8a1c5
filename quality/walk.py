"""One walk through all templates in a browser, which collects everything that is wrong.

Each page is loaded once for each width; all questions are put to it there. What they are
is in ``probes.js``; what the answers must be, in ``tests/browser/test_floor.py``.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Request

from quality.site import Site
from quality.template import Template

PROBES = Path(__file__).with_name("probes.js").read_text(encoding="utf-8")
DESK, PHONE, OLD_PHONE = 1280, 360, 320
#: Where uploaded pictures are.
PICTURES = f"{settings.MEDIA_URL}images/"
#: What a window 1024 px high becomes at 400 %.
ZOOMED_HEIGHT = 256
#: With the icon of the site, which a browser fetches but does not tell of.
MOST_REQUESTS = 12
#: All of WCAG 2.2 AA and what axe calls best practice; of AAA the contrast of 7:1.
AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],
    # Would load the style sheets again, for rules about turning a phone and about sounds.
    "preload": False,
}
#: In the dark nothing but colours is another (tests/quality/test_walk.py): the rest was asked.
AXE_COLOURS = AXE_OPTIONS | {
    "runOnly": {"type": "tag", "values": ["cat.color"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}
SCHEMES: Final[dict[Literal["light", "dark"], dict[str, Any]]] = {
    "light": AXE_OPTIONS,
    "dark": AXE_COLOURS,
}
#: Two pages that differ in nothing else look and behave alike.
WITHOUT_ADDRESSES = r"""
location.hash +
    document.documentElement.outerHTML.replace(/ (href|action|content|src)="[^"]*"/g, "")
"""
#: What is wrong, by the kind of promise that is broken.
Findings = dict[str, list[str]]


class Walk:
    """A visitor who looks at everything with one width of window."""

    def __init__(self, browser: Browser, site: Site, width: int) -> None:
        context = browser.new_context(
            base_url=site.url, locale="de-DE", viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(30_000)
        self.site, self.width = site, width
        self.tab = context.new_page()
        self.findings: Findings = defaultdict(list)
        self._name, self._status = "", 200
        self._seen: set[str] = set()
        self._requests: list[str] = []
        self.tab.on("request", self._hear_request)
        self.tab.on("console", self._hear_console)
        self.tab.on("pageerror", lambda error: self._add("console", [str(error)]))

    def _add(self, kind: str, found: Iterable[str]) -> None:
        self.findings[kind] += [f"{self._name} at {self.width}: {text}" for text in found]

    def _hear_request(self, request: Request) -> None:
        if request.url.startswith("data:"):
            return
        # Photos and portraits come when they are near; how many is the editors' to say.
        if not urlsplit(request.url).path.startswith(PICTURES):
            self._requests.append(request.url)
        if not request.url.startswith(self.site.url):
            self._add("third party", [request.url])

    def _hear_console(self, message: ConsoleMessage) -> None:
        # A browser reports an error page itself as an error.
        expected = self._status >= 400 and f"status of {self._status}" in message.text
        if message.type in ("error", "warning") and not expected:
            self._add("console", [message.text])

    def look(self, template: Template) -> None:
        """Load a template and ask everything; then send its form empty, if it has one."""
        self._name, self._status = template.name, template.status
        self._requests.clear()
        self.tab.goto(template.address)
        if not template.sets_cookies:
            self._add("cookies", [cookie["name"] for cookie in self.tab.context.cookies()])
        # Every link that is no longer valid leads to the same page.
        if (shown := self.tab.evaluate(WITHOUT_ADDRESSES)) in self._seen:
            return
        self._seen.add(shown)
        self._ask_all()
        # Now also what is fetched only when it comes into view.
        if (number := len(self._requests) + 1) > MOST_REQUESTS:
            self._add("requests", [f"{number} requests"])
        if self._ask("refusableForm"):
            self._name, self._status = f"{template.name}-refused", 422
            with self.tab.expect_navigation():
                self.tab.click("[data-probe]")
            self._ask_all()
        if template.sets_cookies:
            self.tab.context.clear_cookies()

    def _ask(self, question: str, argument: Any = None) -> Any:
        return self.tab.evaluate(f"(argument) => probes.{question}(argument)", argument)

    def _ask_all(self) -> None:
        tab = self.tab
        tab.evaluate(f"globalThis.probes = {PROBES}")
        tab.evaluate(AXE_SCRIPT)
        self._ask("open")
        # Less motion first: otherwise axe would measure colours on their way to others.
        tab.emulate_media(reduced_motion="reduce")
        self._add("motion", self._ask("moving"))
        for scheme, options in SCHEMES.items():
            tab.emulate_media(color_scheme=scheme)
            found = self._ask("axe", options)
            self._add("axe", [f"{scheme}: {text}" for text in found])
        tab.emulate_media(color_scheme="light", forced_colors="active")
        self._add("forced colours", self._ask("withoutEdge"))
        tab.keyboard.press("Tab")
        self._add("forced colours", self._ask("invisibleFocus"))
        tab.emulate_media(forced_colors="none")
        self._add("focus", self._ask("invisibleFocus"))
        self._add("covered focus", self._ask("coveredFocus"))
        self._add("targets", self._ask("smallTargets"))
        self._add("spacing", self._ask("cutBySpacing"))
        if self.width == PHONE:
            self._look_at_320()

    def _look_at_320(self) -> None:
        """Also what 1280 px become at 400 % (WCAG 1.4.10)."""
        self.tab.set_viewport_size({"width": OLD_PHONE, "height": 640})
        self._add("width", ["wider than 320 px"] if self._ask("isWide") else [])
        self._add("spacing at 320", self._ask("cutBySpacing"))
        self.tab.set_viewport_size({"width": OLD_PHONE, "height": ZOOMED_HEIGHT})
        self._add("covered focus", self._ask("coveredFocus"))
        self.tab.set_viewport_size({"width": PHONE, "height": 900})

    def close(self) -> None:
        """Close the browser context with its cookies and storage."""
        self.tab.context.close()


def walk(browser: Browser, site: Site, width: int, only: str = "") -> Findings:
    """Everything that is wrong with the templates whose name contains ``only``.

    On a desk in German only: other words change what has room on a phone, and nothing else.
    """
    visitor = Walk(browser, site, width)
    for template in site.templates:
        is_looked_at = width != DESK or template.language == settings.LANGUAGE_CODE
        if is_looked_at and only in template.name:
            visitor.look(template)
    visitor.close()
    return visitor.findings

"""Whether the page of a funder still answers, asked politely.

robots.txt is obeyed (RFC 9309), a host gets one request a second, a host that is busy or does not
answer is left alone for the rest of the run. No database.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from funding.links.transport import AddressRefused, Answer, ask

#: Seconds between two requests to one host.
PAUSE = 1.0
_MOST_REDIRECTS = 5
#: Octets of robots.txt that have to be read (RFC 9309, 2.5).
_MOST_OF_ROBOTS = 500 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Servers that do not like HEAD answer so.
_ASK_WITH_GET = frozenset({400, 403, 404, 405, 501})
_BUSY = frozenset({429, 500, 502, 503, 504})


class Outcome(StrEnum):
    """What is known of a link."""

    FINE = "fine"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    NOT_ALLOWED = "not-allowed"


@dataclass(frozen=True)
class Finding:
    """What became of asking for a link.

    Args:
        outcome: what is known.
        status: HTTP status of the last answer, 0 without one.
        retry_after: seconds for which the server asked to be left alone.
    """

    outcome: Outcome
    status: int = 0
    retry_after: int = 0


@dataclass
class LinkChecker:
    """Asks for links one after the other.

    Args:
        agent: how it introduces itself.
        send: sends one request: method, address, agent, octets of the body.
        now: seconds of a clock that only goes forward.
        sleep: waits for seconds.
    """

    agent: str
    send: Callable[[str, str, str, int], Answer] = ask
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _asked_at: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)
    _left_alone: set[str] = field(default_factory=set)

    def is_left_alone(self, url: str) -> bool:
        """Whether the host of an address is not asked again in this run."""
        return urlsplit(url).netloc in self._left_alone

    def check(self, url: str) -> Finding:
        """Ask for a link and follow its redirects, each as carefully as the first address."""
        try:
            for _step in range(_MOST_REDIRECTS + 1):
                if not self._may_ask(url):
                    return Finding(Outcome.NOT_ALLOWED)
                answer = self._asked(url)
                if answer.status not in _REDIRECTS or "location" not in answer.headers:
                    return self._finding(url, answer)
                url = urljoin(url, answer.headers["location"])
        except AddressRefused:
            return Finding(Outcome.REFUSED)
        except (OSError, HTTPException, ValueError):
            self._left_alone.add(urlsplit(url).netloc)
            return Finding(Outcome.UNREACHABLE)
        return Finding(Outcome.UNREACHABLE, answer.status)

    def _asked(self, url: str) -> Answer:
        answer = self._request("HEAD", url)
        return self._request("GET", url) if answer.status in _ASK_WITH_GET else answer

    def _finding(self, url: str, answer: Answer) -> Finding:
        if answer.status in _BUSY:
            self._left_alone.add(urlsplit(url).netloc)
            after = answer.headers.get("retry-after", "")
            seconds = int(after) if after.isascii() and after.isdecimal() else 0
            return Finding(Outcome.UNREACHABLE, answer.status, seconds)
        if answer.status in (404, 410):
            return Finding(Outcome.GONE, answer.status)
        # 401, 403: there is a page, for others than programs.
        return Finding(Outcome.FINE, answer.status)

    def _may_ask(self, url: str) -> bool:
        """Whether robots.txt allows it; a server that fails to give it is not asked."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = self._read_rules(f"{host}/robots.txt")
        return self._rules[host].can_fetch(self.agent, url)

    def _read_rules(self, url: str) -> RobotFileParser:
        rules, answer = RobotFileParser(), self._request("GET", url, _MOST_OF_ROBOTS)
        for _step in range(_MOST_REDIRECTS):
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                break
            url = urljoin(url, answer.headers["location"])
            answer = self._request("GET", url, _MOST_OF_ROBOTS)
        if answer.status >= 500 or answer.status == 429:
            raise OSError(f"{url}: {answer.status}")
        text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
        rules.parse(text.splitlines())
        return rules

    def _request(self, method: str, url: str, most: int = 0) -> Answer:
        host = urlsplit(url).netloc
        waited = self.now() - self._asked_at.get(host, float("-inf"))
        if waited < PAUSE:
            self.sleep(PAUSE - waited)
        try:
            return self.send(method, url, self.agent, most)
        finally:
            self._asked_at[host] = self.now()

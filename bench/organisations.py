"""Organisations that fill in self-checks over HTTP, as people do: back, twice, later by the link.

Each notes what the site has said it kept. What got no answer is sent again, the very same, as
whoever sits before an error page does.
"""

import html
import http.client
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

#: Forms that are sent sooner are refused (``cms.spam_protection.honeypot``), in seconds.
TRAP = 3.2
#: Whoever gets no answer tries again for so long, in seconds.
PATIENCE = 240
_HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
_CHOICE = re.compile(r'type="radio" name="(frage-[^"]+)" value="([^"]*)"')
PREFIX = "frage-"
Fields = dict[str, str]


class Lost(Exception):
    """Somebody has given up."""


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 if nothing did."""

    status: int
    text: str = ""
    location: str = ""
    made: str = ""


@dataclass
class Site:
    """The site under test, and what it has answered."""

    port: int
    statuses: Counter[int] = field(default_factory=Counter)
    longest: float = 0.0

    def ask(self, path: str, sent: Fields | None = None, visitor: str = "127.0.0.1") -> Answer:
        """One request of a visitor who stays at one address; a form if there are fields."""
        headers = {
            "Connection": "close",
            "X-Forwarded-For": visitor,
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        begun = time.monotonic()
        try:
            body = None if sent is None else urlencode(sent)
            connection.request("GET" if sent is None else "POST", path, body, headers)
            got = connection.getresponse()
            location = urlsplit(got.getheader("Location", "")).path
            answer = Answer(got.status, got.read().decode(), location, got.getheader("X-Made", ""))
        except (OSError, http.client.HTTPException):
            answer = Answer(0)
        finally:
            connection.close()
        self.statuses[answer.status] += 1
        self.longest = max(self.longest, (time.monotonic() - begun) * 1000)
        return answer

    def insist(self, path: str, sent: Fields | None = None, visitor: str = "127.0.0.1") -> Answer:
        """Ask again until there is an answer that is no error of the server.

        Raises:
            Lost: if there is none for :data:`PATIENCE`.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = self.ask(path, sent, visitor)
            if 0 < answer.status < 500:
                return answer
            time.sleep(1)
        raise Lost(path)

    @property
    def errors(self) -> int:
        """Server errors; 503 is told to visitors as what it is, and counted apart."""
        return sum(n for status, n in self.statuses.items() if status >= 500 and status != 503)


@dataclass
class Organisation:
    """One that fills in a check.

    Args:
        number: tells it from others.
        site: where.
        page: key of the check's page.
        sections: how many it has.
    """

    number: int
    site: Site
    page: int
    sections: int
    kept: Fields = field(default_factory=dict)
    link: str = ""
    mailed_to: str = ""
    problem: str = ""
    #: How often a section was answered anew because no answer came, in a browser.
    attempts: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.number)
        self.visitor = f"10.0.{self.number // 250}.{self.number % 250 + 1}"

    def fill_in(self, pace: float) -> None:
        """From the first section to the result; what goes wrong is noted.

        Args:
            pace: seconds that it thinks at most before it sends something.
        """
        self.pace = pace
        try:
            time.sleep(self.rng.random() * pace * 10)
            self._begin()
            self._go_through()
        except Exception as error:
            self.problem = f"{type(error).__name__}: {error}"

    def _begin(self) -> None:
        address = f"/selbstcheck/{self.page}/abschnitt/1/"
        shown = self.site.insist(address, visitor=self.visitor).text
        time.sleep(TRAP)
        sent = _hidden(shown) | self._choose(shown) | {"weiter_zu": "weiter"}
        led = self._send(address, sent)
        self.link = led.partition("abschnitt/")[0]
        self._keep(sent)

    def _go_through(self) -> None:
        order = list(range(2, self.sections + 1))
        for _time in range(self.rng.randrange(3)):  # back to a section before
            order.insert(self.rng.randrange(1, len(order)), self.rng.randrange(1, 3))
        for place, number in enumerate(order, start=1):
            if self.rng.random() < 0.2:  # on another day, by the link
                time.sleep(self.rng.random() * self.pace * 5)
                self._read(self.link)
            self._section(number, "ergebnis" if place == len(order) else "weiter")
        if self.rng.random() < 0.3:
            self._mail()
        self._read(f"{self.link}ergebnis/")

    def _section(self, number: int, then: str) -> None:
        address = f"{self.link}abschnitt/{number}/"
        shown = self._read(address)
        fields, answers = _hidden(shown), self._choose(shown)
        for _time in range(self.rng.randrange(3)):  # as check-autosave.js does
            time.sleep(self.rng.random() * self.pace)
            sent = fields | answers | {"zwischendurch": "1"}
            saved = self.site.ask(address, sent, self.visitor)
            if saved.status == 200 and json.loads(saved.text)["saved"]:
                fields["step"] = str(json.loads(saved.text)["step"])
                self._keep(sent)
            answers |= self._choose(shown, of=answers)
        time.sleep(self.rng.random() * self.pace)
        back = then == "weiter" and self.rng.random() < 0.1
        sent = fields | answers | {"weiter_zu": "zurueck" if back else then}
        self._send(address, sent)
        self._keep(sent)

    def _mail(self) -> None:
        address = f"{self.link}link-senden/"
        shown = self._read(address)
        time.sleep(TRAP)
        email = f"check-{self.number}@example.org"
        self._send(address, _hidden(shown) | {"email": email})
        self.mailed_to = email

    def _read(self, path: str) -> str:
        answer = self.site.insist(path, visitor=self.visitor)
        if answer.status != 200:
            raise Lost(f"{answer.status} {path}")
        return answer.text

    def _send(self, path: str, sent: Fields) -> str:
        """Send a form, sometimes twice at once; gives where it leads."""
        twin = None
        if self.rng.random() < 0.2:
            twin = Thread(target=self.site.ask, args=(path, sent, self.visitor))
            twin.start()
        answer = self.site.insist(path, sent, self.visitor)
        if twin:
            twin.join()
        if answer.status != 302:
            found = re.search(r'role="alert".*?</div>', answer.text, re.DOTALL)
            raise Lost(f"{answer.status} {path} {found.group()[:300] if found else ''}")
        return answer.location

    def _choose(self, shown: str, of: Fields | None = None) -> Fields:
        """Answers to some questions; or other ones to one of those that were answered."""
        offered: dict[str, list[str]] = {}
        for name, value in _CHOICE.findall(shown):
            offered.setdefault(name, []).append(html.unescape(value))
        names = sorted(of or offered)
        if of:
            names = self.rng.sample(names, min(1, len(names)))
        # What was answered before is sent along, as radio buttons stay chosen.
        return {
            name: self.rng.choice(offered[name])
            for name in names
            if of or name.removeprefix(PREFIX) in self.kept or self.rng.random() < 0.9
        }

    def _keep(self, sent: Fields) -> None:
        self.kept |= {
            name.removeprefix(PREFIX): value
            for name, value in sent.items()
            if name.startswith(PREFIX)
        }


def _hidden(shown: str) -> Fields:
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(shown)}


@dataclass
class Reader(Thread):
    """Reads the same pages again and again, and counts what the page cache has lost.

    A page is lost if its process makes it anew before a minute has passed since it made it.
    """

    site: Site
    done: Event
    paths: tuple[str, ...] = ("/", "/aktuelles/", "/beispiele/", "/kooperationsformen/")
    hits: int = 0
    lost: int = 0
    #: So long an answer lives (``PAGE_CACHE_SECONDS``), less what a request takes.
    lives: float = 55

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Until it is told to end."""
        seen: dict[tuple[str, str], str] = {}
        while not self.done.is_set():
            for path in self.paths:
                self._note(seen, path, self.site.ask(path))
                time.sleep(0.05)

    def _note(self, seen: dict[tuple[str, str], str], path: str, answer: Answer) -> None:
        if answer.status != 200 or not answer.made:
            return
        process, moment = answer.made.split()
        before = seen.get((process, path))
        seen[process, path] = moment
        self.hits += before == moment
        self.lost += before not in (None, moment) and float(moment) - float(before) < self.lives

    @property
    def share_lost(self) -> float:
        """How many of the answers that memory could have given it did not, in percent."""
        return 100 * self.lost / max(1, self.hits + self.lost)

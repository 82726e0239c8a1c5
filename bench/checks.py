"""Two hundred organisations fill in self-checks, in peace and while everything breaks.

Every answer that was acknowledged has to be in the database, and every check there once. Meanwhile
some more fill one in in a real browser, and somebody reads pages, which have to stay in the page
cache. There is no mail server.
"""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from uuid import UUID

import psycopg
from psycopg import sql

from bench.databases import Database, say
from bench.deployment import free_port, start_web
from bench.kills import LOOP, process
from bench.organisations import Organisation, Reader, Site
from bench.outage import Server
from bench.report import Row, verdict
from bench.tabs import fill_in
from quality.browser import chromium

#: How often the web processes are killed, and for how long the database is away, in seconds.
KILLS, AWAY = 10, 10
#: Fill in a check in a real browser.
BROWSERS = 10
#: Organisations think for so long at most before they send something, in seconds.
PACE = 3.0
#: Pages that the page cache may lose, in percent.
MOST_LOST = 5

Checks = list[tuple[int, int]]
"""Page and number of sections of each."""


class Web:
    """The web processes, which can be killed and started at the same address."""

    def __init__(self, database: Database, processes: int) -> None:
        self.database, self.processes, self.port = database, processes, free_port()
        self.group = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return start_web(self.database, self.processes, self.port)

    def kill(self) -> None:
        """Kill master and workers in the middle of what they do, and start them anew."""
        self.end(signal.SIGKILL)
        self.group = self._start()

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End them all, and wait until they have ended."""
        os.killpg(self.group.pid, number)
        self.group.wait(timeout=60)


@dataclass
class Trouble(Thread):
    """Kills the web processes again and again, and takes the database away in between."""

    web: Web
    server: Server
    kills: int = 0
    outages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Ten kills; after the fourth and the seventh the database stands still, and crashes."""
        rng = random.Random(1)
        for number in range(KILLS):
            time.sleep(3 + 3 * rng.random())
            self.web.kill()
            self.kills += 1
            say(f"killed {self.kills}")
            if number == 3:
                self.outages.append(self._freeze())
            if number == 6:
                self.server.crash()
                self.server.wait()
                self.outages.append("crash")

    def _freeze(self) -> str:
        time.sleep(3)
        self.server.send(signal.SIGSTOP)
        try:
            time.sleep(AWAY)
        finally:
            self.server.send(signal.SIGCONT)
        self.server.wait()
        return f"{AWAY} s"


def pages() -> Checks:
    """A step: the checks, with the number of their sections."""
    from checks.models import SelfCheckPage

    found = SelfCheckPage.objects.live().order_by("pk")
    return [(page.pk, len(page.current_version().definition.sections)) for page in found]


def measure(database: Database, processes: int, number: int) -> list[Row]:
    """In peace, then with trouble; each with organisations of its own."""
    os.environ["CLIENT_ADDRESS_HEADER"] = "X-Forwarded-For"  # each has an address of its own
    server, checks = Server(), database.step("bench.checks:pages")
    _commit_as_production_does(database)
    rows: list[Row] = []
    with _without_mail(database):
        for trouble in (None, server):
            everybody = Everybody(database, checks, number)
            everybody.fill_in(processes, trouble)
            rows.append(everybody.row())
    return rows


def _commit_as_production_does(database: Database) -> None:
    """A private server acknowledges before it has written (``.ci/with-postgres.sh``)."""
    with psycopg.connect(database.url, autocommit=True) as rows:
        name = sql.Identifier(rows.info.dbname)
        rows.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = on").format(name))


@contextmanager
def _without_mail(database: Database) -> Iterator[None]:
    """Periodic work, which finds no mail server."""
    environment = database.environment() | {
        "MAIL_TRANSPORT": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(free_port()),
    }
    with process(environment, *LOOP):
        yield


class Everybody:
    """The organisations of one measurement, and what became of them."""

    def __init__(self, database: Database, checks: Checks, number: int) -> None:
        self.database, self.site = database, Site(0)
        self.crowd, self.tabs = (
            [Organisation(n, self.site, *checks[n % len(checks)]) for n in numbers]
            for numbers in (range(number), range(number, number + BROWSERS))
        )
        self.trouble: Trouble | None = None
        self.reader = Reader(Site(0), Event())
        self.began, self.seconds = 0.0, 0.0

    def fill_in(self, processes: int, server: Server | None) -> None:
        """All at a time, with trouble if there is a server to make it with."""
        say("with trouble" if server else "in peace")
        web = Web(self.database, processes)
        self.site.port = self.reader.site.port = web.port
        threads = [Thread(target=one.fill_in, args=(PACE,)) for one in self.crowd]
        threads.append(Thread(target=self._browse))
        if server:
            self.trouble = Trouble(web, server)
            threads.append(self.trouble)
        self.began = time.time()
        try:
            self.reader.start()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.seconds = time.time() - self.began
            self.reader.done.set()
            self.reader.join()
        finally:
            web.end()
        if server:
            server.wait()

    def _browse(self) -> None:
        with chromium() as browser:
            for one in self.tabs:
                fill_in(browser, one)

    def row(self) -> Row:
        """What they met, and what of it is stored."""
        site, trouble, everybody = self.site, self.trouble, [*self.crowd, *self.tabs]
        for one in everybody:
            if one.problem:
                say(f"{one.number}: {one.problem}")
        stored, mails = self._stored()
        unfinished = sum(bool(one.problem) for one in everybody)
        known = [stored.pop(UUID(one.link.split("/")[2]), {}) for one in everybody if one.link]
        kept = [one.kept for one in everybody if one.link]
        lost = sum(
            there.get(name) != answer
            for there, answers in zip(known, kept, strict=True)
            for name, answer in answers.items()
        )
        asked = {one.mailed_to for one in self.crowd if one.mailed_to}
        # Whoever gets no answer in a browser may have begun a check without knowing it.
        twice = max(0, len(stored) - sum(one.attempts for one in self.tabs))
        refused = site.statuses[0] + site.statuses[503]
        return {
            "what": "killed and away" if trouble else "in peace",
            "organisations": len(self.crowd),
            "browsers": len(self.tabs),
            "kills": trouble.kills if trouble else 0,
            "database": ", ".join(trouble.outages) if trouble else None,
            "seconds": self.seconds,
            "requests": site.statuses.total(),
            "no answer": site.statuses[0],
            "503": site.statuses[503],
            "other errors": site.errors,
            "not finished": unfinished,
            "answers": sum(map(len, kept)),
            "lost": lost,
            "checks twice": twice,
            "mails": len(asked),
            "mails lost": len(asked - mails),
            "from memory": self.reader.hits,
            "lost %": self.reader.share_lost,
            "verdict": verdict(
                unfinished > 0 and "not finished",
                lost > 0 and "lost",
                twice > 0 and "twice",
                bool(asked - mails) and "mails",
                site.errors > 0 and "errors",
                not trouble and refused > 0 and "refused",
                not trouble and self.reader.share_lost > MOST_LOST and "memory",
            ),
        }

    def _stored(self) -> tuple[dict[UUID, dict[str, str]], set[str]]:
        """The answers of all checks that were begun since, and to whom mails wait."""
        with psycopg.connect(self.database.url) as rows:
            runs = rows.execute(
                "SELECT uuid, answers FROM checks_checkrun WHERE started_at >= to_timestamp(%s)",
                [int(self.began)],
            )
            mails = rows.execute("SELECT recipient FROM cms_outgoingmail WHERE sent_at IS NULL")
            return dict(runs.fetchall()), {recipient for (recipient,) in mails.fetchall()}

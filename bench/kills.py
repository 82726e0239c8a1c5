"""Periodic work and workers are ended by signals: what recipients get, what is lost, how long for.

A mail server of our own takes the mails, slowly, and notes their Message-IDs.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import psycopg

from bench.databases import Database, say
from bench.report import Row, verdict
from scripts.bootstrap import ROOT

#: How long the mail server takes for a mail, in seconds: so that most signals meet one in hand.
TAKES = 0.03


class MailServer:
    """As much of SMTP (RFC 5321) as Django's transport speaks."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.port = 0
        self._loop = asyncio.new_event_loop()

    @property
    def count(self) -> int:
        """How many were taken, the same one as often as it came."""
        return sum(self.taken.values())

    @contextmanager
    def running(self) -> Iterator["MailServer"]:
        """Listen on a free port."""
        server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        thread = Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(timeout=5)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 mail")
        while line := (await reader.readline()).decode().strip().upper():
            if line.startswith("EHLO"):
                say("250 mail")
            elif line == "DATA":
                say("354 go on")
                await self._take(reader)
                say("250 taken")
            elif line == "QUIT":
                say("221 bye")
                break
            else:
                say("250 ok")
        writer.close()

    async def _take(self, reader: asyncio.StreamReader) -> None:
        """A mail counts as soon as its end has come, whoever hears of it."""
        message_id = ""
        while (line := await reader.readline()) not in (b".\r\n", b""):
            if line.lower().startswith(b"message-id:"):
                message_id = line.decode().split(":", 1)[1].strip()
        if line:
            self.taken[message_id] += 1
        await asyncio.sleep(TAKES)


def _mails(number: int) -> list[str]:
    """Queue so many mails in an empty queue, each with a key, twice; a step.

    Returns:
        Their Message-IDs.
    """
    from cms.jobs.mail_queue import queue_mail
    from cms.models import OutgoingMail, PeriodicRun

    OutgoingMail.objects.all().delete()
    PeriodicRun.objects.all().delete()
    for _again in range(2):
        rows = [
            queue_mail(f"{n}@example.org", f"Nachricht {n}", "Text", key=f"bench:{n}")
            for n in range(number)
        ]
    return [row.message_id for row in rows]


#: What waits for its next attempt, or for the lock of a killed process, is due now.
_HURRY = """
    UPDATE cms_outgoingmail SET send_after = now() WHERE sent_at IS NULL;
    UPDATE cms_periodicrun SET started_at = started_at - interval '1 hour',
        alive_at = alive_at - interval '1 hour';
"""
_COUNT = "SELECT count(*), count(sent_at) FROM cms_outgoingmail"


def measure(database: Database, number: int, kills: int) -> list[Row]:
    """For SIGTERM and for SIGKILL: send mails, and end the process again and again."""
    return [_measured(database, name, number, kills) for name in ("SIGTERM", "SIGKILL")]


_STATUS = "SELECT status FROM django_tasks_database_dbtaskresult WHERE id = %s"
_DIED = "SELECT 1 FROM cms_periodicrun WHERE name = 'task:' || %s AND died_at IS NOT NULL"
#: Within so many seconds a worker that was killed is noticed.
NOTICED = 60


def measure_worker(database: Database) -> list[Row]:
    """Kill a worker in the middle of a task, while another task waits."""
    os.environ["TASK_WORKER"] = "1"  # steps inherit it
    say("worker")
    killed = database.step("bench.nap:queue", 3)
    with psycopg.connect(database.url, autocommit=True) as rows:

        def has(status: str, pk: str) -> bool:
            return rows.execute(_STATUS, [pk]).fetchone() == (status,)

        with process(database.environment(), *_WORKER) as worker:
            _wait(lambda: has("RUNNING", killed))
            time.sleep(1)
            worker.kill()
        begun = time.monotonic()
        other = database.step("bench.nap:queue", 0)
        environment = database.environment()
        with process(environment, *_WORKER), process(environment, *LOOP):
            _wait(lambda: has("SUCCESSFUL", other))
            waited = time.monotonic() - begun
            _wait(lambda: bool(rows.execute(_DIED, [killed]).fetchone()), 2 * NOTICED)
            noticed = time.monotonic() - begun
            _wait(lambda: has("SUCCESSFUL", killed))
            done = has("SUCCESSFUL", killed)
    return [
        {
            "what": "SIGKILL for a worker",
            "another task done after s": waited,
            "shown as died after s": noticed,
            "done again": done,
            "verdict": verdict(
                waited > NOTICED and "blocked", noticed > NOTICED and "noticed", not done and "lost"
            ),
        }
    ]


def _measured(database: Database, name: str, number: int, kills: int) -> Row:
    say(name)
    ids = database.step("bench.kills:_mails", number)
    rng, ended = random.Random(1), 0
    with MailServer().running() as server, psycopg.connect(database.url, autocommit=True) as rows:
        environment = database.environment() | {
            "MAIL_TRANSPORT": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(server.port),
        }
        for _start in range(kills + 2):
            rows.execute(_HURRY)
            with process(environment, *LOOP) as running:
                before = server.count
                _wait(lambda: server.count > before)  # noqa: B023 - asked at once
                if ended < kills:
                    time.sleep(rng.random() * TAKES * number / kills)
                    running.send_signal(getattr(signal, name))
                    ended += 1
                else:
                    _wait(lambda: rows.execute(_COUNT).fetchone() == (number, number))
            if len(server.taken) == number and ended == kills:
                break
        found, sent = rows.execute(_COUNT).fetchone() or (0, 0)
    twice = server.count - len(server.taken)
    missing = len(set(ids) - set(server.taken))
    return {
        "what": name,
        "mails": number,
        "signals": ended,
        "rows twice": max(0, found - number),
        "rows missing": max(0, number - found),
        "rows not sent": found - sent,
        "mails missing": missing,
        "mails twice, same Message-ID": twice,
        "verdict": verdict(
            found != number and "rows",
            (missing > 0 or sent < found) and "missing",
            twice > (0 if name == "SIGTERM" else ended) and "twice",
        ),
    }


#: Periodic work, without end.
LOOP = ("run_due", "--loop", "--pause", "0.2")
_WORKER = ("db_worker", "--verbosity=0")


@contextmanager
def process(environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command of ``manage.py``, which has ended when the block has."""
    command = [sys.executable, "manage.py", *arguments]
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.terminate()
        running.wait(timeout=60)


def _wait(reached: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not reached() and time.monotonic() < deadline:
        time.sleep(0.01)

"""PostgreSQL stands still, goes on, and is started anew: what visitors get meanwhile and after.

All processes of the server are stopped (SIGSTOP), as when storage hangs: it still takes
connections, and answers nothing. Only a server of our own is treated so (``.ci/with-postgres.sh``).
"""

import http.client
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from bench.databases import SERVER, Database, say
from bench.deployment import web_processes
from bench.report import Row, verdict

#: How long the server stands still, in seconds: less than cached pages live.
FROZEN = 25
CACHED, LIVE = "/", "/-/health/live"
#: Nobody waits for longer, in ms: for a health check, a new connection, and the answer.
LONGEST = {LIVE: 500, CACHED: 5000, "": 6000}


@dataclass(frozen=True)
class Visit:
    """What one request got, and after how many milliseconds."""

    path: str
    status: int
    ms: float
    retry_after: bool
    text: str


def visit(port: int, path: str) -> Visit:
    """Ask for one page, without cookies."""
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Connection": "close"})
        answer = connection.getresponse()
        text = answer.read().decode()
        status, retry = answer.status, answer.getheader("Retry-After") is not None
    except OSError:
        text, status, retry = "", 0, False
    finally:
        connection.close()
    return Visit(path, status, (time.monotonic() - begun) * 1000, retry, text)


_numbers = count()


def fresh() -> str:
    """A page that nobody has asked for, so that none is cached."""
    return f"/suche/?q=Verein+{next(_numbers)}"


def together(port: int, number: int, path: Callable[[], str]) -> list[Visit]:
    """So many requests at a time."""
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(lambda _n: visit(port, path()), range(number)))


class Server:
    """The processes of a private PostgreSQL server."""

    def __init__(self) -> None:
        with psycopg.connect(SERVER) as connection:
            found = connection.execute("SHOW data_directory").fetchone()
        folder = Path(found[0] if found else "")
        if not folder.parent.name.startswith("haeuser-postgres."):
            raise SystemExit("Stops only a server of its own: unset DATABASE_URL.")
        self.master = int((folder / "postmaster.pid").read_text().split()[0])

    def children(self) -> list[int]:
        """Everything that the master has started."""
        task = Path(f"/proc/{self.master}/task/{self.master}/children")
        return [int(number) for number in task.read_text().split()]

    def send(self, number: signal.Signals) -> None:
        """Send a signal to all of them."""
        for process in (self.master, *self.children()):
            os.kill(process, number)

    def crash(self) -> None:
        """Kill one process: the master ends the others and starts anew."""
        with psycopg.connect(SERVER) as connection:
            os.kill(connection.info.backend_pid, signal.SIGKILL)
            time.sleep(0.5)

    def wait(self) -> None:
        """Until it takes connections."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                psycopg.connect(SERVER, connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return


def measure(database: Database, processes: int) -> list[Row]:
    """Stop the server, let it go on, and crash it."""
    server = Server()
    with web_processes(database, processes) as (port, _pidfile):
        rows = _frozen(server, port, processes)
        server.wait()
        rows.append(_back("after it went on", together(port, 4 * processes, fresh)))
        server.crash()
        server.wait()
        rows.append(_back("after it was started anew", together(port, 4 * processes, fresh)))
    return rows


def _frozen(server: Server, port: int, processes: int) -> list[Row]:
    for _round in range(5):  # until every process has it
        together(port, 8 * processes, lambda: CACHED)
    together(port, 4 * processes, fresh)
    say("frozen")
    visits: list[Visit] = []
    server.send(signal.SIGSTOP)
    try:
        deadline = time.monotonic() + FROZEN
        while time.monotonic() < deadline:
            visits += [visit(port, path) for path in (LIVE, CACHED, fresh())]
    finally:
        server.send(signal.SIGCONT)
    told = [one for one in visits if one.path not in (LIVE, CACHED)]
    return [
        _row("live while frozen", LIVE, [one for one in visits if one.path == LIVE], _is_page),
        _row("cached page", CACHED, [one for one in visits if one.path == CACHED], _is_page),
        _row("page that is not cached", "", told, _is_refusal),
    ]


def _is_page(one: Visit) -> bool:
    return one.status == 200


def _is_refusal(one: Visit) -> bool:
    return one.status == 503 and one.retry_after and 'lang="de"' in one.text


def _back(what: str, visits: list[Visit]) -> Row:
    return _row(what, "", visits, _is_page)


def _row(what: str, path: str, visits: list[Visit], is_right: Callable[[Visit], bool]) -> Row:
    right = sum(map(is_right, visits))
    longest = max(one.ms for one in visits)
    return {
        "what": what,
        "requests": len(visits),
        "right": right,
        "statuses": " ".join(sorted({str(one.status) for one in visits})),
        "longest ms": longest,
        "verdict": verdict(right < len(visits) and "wrong", longest > LONGEST[path] and "wait"),
    }

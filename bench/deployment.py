"""A new version takes over while visitors come: what they notice (``deploy/reload``)."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bench.databases import Database, say
from bench.load import answers
from bench.report import Row, verdict
from scripts.bootstrap import ROOT

#: Nobody waits for longer, in ms.
LONGEST = 2000
#: Between two requests of a visitor, in seconds: leaves the processor time to load the version.
PAUSE = 0.1


@dataclass
class Visits:
    """What the visitors met."""

    times: list[float] = field(default_factory=list)
    refused: int = 0
    failed: int = 0

    @property
    def longest(self) -> float:
        """The longest wait so far, in ms."""
        return max(self.times, default=0)

    async def visit(self, port: int, path: str) -> None:
        """Ask for one page."""
        begun = time.monotonic()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            self.refused += 1
            return
        try:
            head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode())
            answer = await reader.read(-1)
            self.failed += not answer.startswith(b"HTTP/1.1 200")
        except OSError:
            self.failed += 1
        finally:
            writer.close()
        self.times.append((time.monotonic() - begun) * 1000)


async def _visited(
    visits: Visits, port: int, paths: list[str], connections: int, done: asyncio.Event
) -> None:
    numbers = count()

    async def visitor() -> None:
        while not done.is_set():
            await visits.visit(port, paths[next(numbers) % len(paths)])
            await asyncio.sleep(PAUSE)

    await asyncio.gather(*(visitor() for _ in range(connections)))


async def _deploy(port: int, pidfile: Path, paths: list[str], connections: int) -> Row:
    """Some seconds of visits, a deployment, some seconds more."""
    done = asyncio.Event()
    visits = Visits()
    visiting = asyncio.create_task(_visited(visits, port, paths, connections, done))
    await asyncio.sleep(3)
    before = visits.longest
    begun, old = time.monotonic(), pidfile.read_text().strip()
    reload = await asyncio.create_subprocess_exec(str(ROOT / "deploy/reload"), str(pidfile))
    code = await reload.wait()
    took = time.monotonic() - begun
    await asyncio.sleep(3)
    done.set()
    await visiting
    taken_over = code == 0 and pidfile.read_text().strip() != old
    return {
        "what": "deployment by USR2",
        "took s": took,
        "requests": len(visits.times) + visits.refused,
        "refused": visits.refused,
        "failed": visits.failed,
        "longest ms": visits.longest,
        "before": before,
        "verdict": verdict(
            not taken_over and "taken over",
            visits.refused > 0 and "refused",
            visits.failed > 0 and "failed",
            visits.longest > LONGEST and "wait",
        ),
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def pidfile_of(database: Database) -> Path:
    """The file with the number of the master of the web processes."""
    return database.folder / "web.pid"


def start_web(database: Database, processes: int, port: int) -> subprocess.Popen[bytes]:
    """Start web processes as in production, in a group of their own; they answer already."""
    environment = database.environment() | {
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": str(processes),
        "PIDFILE": str(pidfile_of(database)),
        "PAGE_CACHE_MB": "32",
    }
    # The program itself: begun by -m, a second master would find gunicorn.http in place of http.
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    command = [gunicorn, "--config", "deploy/gunicorn.conf.py", "cms.wsgi"]
    quiet = ["--log-level", "warning"]
    server = subprocess.Popen([*command, *quiet], cwd=ROOT, env=environment, start_new_session=True)
    while not answers(f"http://127.0.0.1:{port}/-/health/ready") and server.poll() is None:
        time.sleep(0.2)
    return server


@contextmanager
def web_processes(database: Database, processes: int) -> Iterator[tuple[int, Path]]:
    """Start them as in production.

    Yields:
        Their port, and the file with the number of their master.
    """
    port = free_port()
    say("web processes")
    server = start_web(database, processes, port)
    try:
        yield port, pidfile_of(database)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=40)


def measure(database: Database, processes: int, connections: int) -> list[Row]:
    """Deploy the same version while visitors come."""
    paths = ["/", "/aktuelles/", "/beispiele/", "/suche/?q=Verein", "/-/health/ready"]
    with web_processes(database, processes) as (port, pidfile):
        return [asyncio.run(_deploy(port, pidfile, paths, connections))]

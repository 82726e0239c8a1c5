"""A new version takes over while visitors come: what they notice (``deploy/reload``)."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
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


async def _visited(port: int, paths: list[str], connections: int, done: asyncio.Event) -> Visits:
    visits, numbers = Visits(), count()

    async def visitor() -> None:
        while not done.is_set():
            await visits.visit(port, paths[next(numbers) % len(paths)])
            await asyncio.sleep(PAUSE)

    await asyncio.gather(*(visitor() for _ in range(connections)))
    return visits


async def _deploy(port: int, pidfile: Path, paths: list[str], connections: int) -> Row:
    """Some seconds of visits, a deployment, some seconds more."""
    done = asyncio.Event()
    visiting = asyncio.create_task(_visited(port, paths, connections, done))
    await asyncio.sleep(3)
    begun, old = time.monotonic(), pidfile.read_text().strip()
    reload = await asyncio.create_subprocess_exec(str(ROOT / "deploy/reload"), str(pidfile))
    code = await reload.wait()
    took = time.monotonic() - begun
    await asyncio.sleep(3)
    done.set()
    visits = await visiting
    longest = max(visits.times)
    taken_over = code == 0 and pidfile.read_text().strip() != old
    return {
        "what": "deployment by USR2",
        "took s": took,
        "requests": len(visits.times) + visits.refused,
        "refused": visits.refused,
        "failed": visits.failed,
        "longest ms": longest,
        "verdict": verdict(
            not taken_over and "taken over",
            visits.refused > 0 and "refused",
            visits.failed > 0 and "failed",
            longest > LONGEST and "wait",
        ),
    }


def measure(database: Database, processes: int, connections: int) -> list[Row]:
    """Start the web processes as in production, and deploy the same version while they serve."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    pidfile = database.folder / "web.pid"
    environment = database.environment() | {
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": str(processes),
        "PIDFILE": str(pidfile),
        "PAGE_CACHE_MB": "32",
    }
    command = ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "cms.wsgi"]
    quiet = ["--log-level", "warning"]
    say("web processes")
    server = subprocess.Popen(
        [sys.executable, *command, *quiet], cwd=ROOT, env=environment, start_new_session=True
    )
    try:
        while not answers(f"http://127.0.0.1:{port}/-/health/ready") and server.poll() is None:
            time.sleep(0.2)
        paths = ["/", "/aktuelles/", "/beispiele/", "/suche/?q=Verein", "/-/health/ready"]
        return [asyncio.run(_deploy(port, pidfile, paths, connections))]
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=40)

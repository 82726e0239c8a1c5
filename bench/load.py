"""Pages a second of some server processes on PostgreSQL, as in production, uncached and cached.

The client is ours and takes a part of the processor from the server.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from urllib.parse import urlsplit

from bench.databases import Database, say
from bench.report import Row, percentile, verdict

EXAMPLE = "example, uncached"
#: Pages a second with two processes that the site has to reach.
TARGETS = {EXAMPLE: 110, "example, cached": 800}
#: Of what a plain page reaches, an example made each time has to reach so much.
LEAST_SHARE = 0.75
#: Different pages requested of the cache; without it, all there are.
CACHED_PAGES = 50


@contextmanager
def _served(database: Database, processes: int, megabytes: int) -> Iterator[str]:
    """A running server with so much memory for its page cache; gives its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{found.getsockname()[1]}"
    environment = database.environment() | {"PAGE_CACHE_MB": str(megabytes)}
    gunicorn = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--log-level", "warning"]
    where = ["--workers", str(processes), "--bind", address]
    server = subprocess.Popen([*gunicorn, *where], env=environment, start_new_session=True)
    try:
        while not answers(f"http://{address}/-/health/ready") and server.poll() is None:
            time.sleep(0.2)
        yield f"http://{address}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def answers(address: str) -> bool:
    """Whether a server answers there."""
    with suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310
        return True
    return False


async def _ask(address: str, paths: list[str], seconds: int, connections: int) -> list[float]:
    """Ask for ``paths`` in turn, by some connections at a time; gives the times in ms."""
    place, asked, deadline = urlsplit(address), cycle(paths), time.monotonic() + seconds
    times: list[float] = []

    async def visitor() -> None:
        while (begun := time.monotonic()) < deadline:
            path = next(asked)
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
            head = f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n"
            writer.write(f"{head}Accept-Encoding: gzip\r\n\r\n".encode())
            answer = await reader.read(-1)
            writer.close()
            if not answer.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"{path} answers {answer[:40]!r}.")
            times.append((time.monotonic() - begun) * 1000)

    await asyncio.gather(*(visitor() for _ in range(connections)))
    return times


def measure(database: Database, processes: int, connections: int, seconds: int) -> list[Row]:
    """Ask a fresh server for each kind of page, after as many seconds to warm up."""
    examples = database.step("bench.pages:example_paths")
    lists = [f"/beispiele/?seite={number}" for number in range(1, -(-len(examples) // 20) + 1)][:30]
    loads = [
        ("plain Wagtail page, same content", [f"/plain{path}" for path in examples], 0),
        (EXAMPLE, examples, 0),
        ("example, cached", examples[:CACHED_PAGES], 32),
        ("home page, uncached", ["/"], 0),
        ("list of examples, uncached", lists or ["/beispiele/"], 0),
        ("home page, cached", ["/"], 32),
    ]
    rows: list[Row] = []
    for name, paths, megabytes in loads:
        say(name)
        with _served(database, processes, megabytes) as address:
            asyncio.run(_ask(address, paths, min(5, seconds), connections))
            times = asyncio.run(_ask(address, paths, seconds, connections))
        rate, target = len(times) / seconds, TARGETS.get(name)
        share = rate / rows[0]["pages/s"] if rows else 1.0
        low = name == EXAMPLE and share < LEAST_SHARE
        rows.append(
            {
                "what": name,
                "pages/s": rate,
                "target": target,
                "plain page = 1": f"{share:.2f}",
                "median ms": percentile(times, 50),
                "99 % below ms": percentile(times, 99),
                "verdict": verdict(rate < (target or 0) and "rate", low and "share"),
            }
        )
    return rows

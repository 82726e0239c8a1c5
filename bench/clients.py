"""Programs that ask a server for pages, as many as it gives."""

import asyncio
import json
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

#: Each thread of wrk starts elsewhere in the list, so that not all ask for the same page.
_SCRIPT = """
local paths, at = {}, 0
for line in io.lines(%(paths)s) do paths[#paths + 1] = line end
local started = 0
function setup(thread) thread:set("start", started); started = started + 1 end
function init() at = math.floor(start * #paths / 2) end
function request()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip"})
end
function done(summary, latency)
  local errors = summary.errors
  io.stderr:write(string.format('{"requests": %%d, "seconds": %%f, "median": %%f, "most": %%f,'
    .. ' "failed": %%d}', summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True)
class Figures:
    """What was asked and answered; times in milliseconds."""

    client: str
    rate: float
    median: float
    most: float
    failed: int


def ask(address: str, paths: list[str], seconds: int, connections: int) -> Figures:
    """Ask for ``paths`` in turn, by some connections at a time."""
    if shutil.which("wrk"):
        return _wrk(address, paths, seconds, connections)
    return asyncio.run(_own(address, paths, seconds, connections))


def _wrk(address: str, paths: list[str], seconds: int, connections: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "paths", Path(folder) / "ask.lua"
        listed.write_text("\n".join(paths) + "\n")
        script.write_text(_SCRIPT % {"paths": json.dumps(str(listed))})
        command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s"]
        run = subprocess.run(
            [*command, "-s", str(script), address], capture_output=True, text=True, check=True
        )
    found = json.loads(run.stderr[run.stderr.index("{") :])
    rate = found["requests"] / found["seconds"]
    return Figures("wrk", rate, found["median"], found["most"], found["failed"])


async def _own(address: str, paths: list[str], seconds: int, connections: int) -> Figures:
    place = urlsplit(address)
    asked, deadline = cycle(paths), time.monotonic() + seconds
    times: list[float] = []
    failed = 0

    async def visitor() -> None:
        nonlocal failed
        while (begun := time.monotonic()) < deadline:
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
            head = f"GET {next(asked)} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n"
            writer.write(f"{head}Accept-Encoding: gzip\r\n\r\n".encode())
            answer = await reader.read(-1)
            writer.close()
            failed += not answer.startswith(b"HTTP/1.1 200")
            times.append((time.monotonic() - begun) * 1000)

    await asyncio.gather(*(visitor() for _ in range(connections)))
    times.sort()
    middle, most = times[len(times) // 2], times[int(len(times) * 0.99)]
    return Figures("a client in Python", len(times) / seconds, middle, most, failed)

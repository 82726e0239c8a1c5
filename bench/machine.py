"""What the figures were measured on, and whether it was quiet."""

import os
import platform
import time
from pathlib import Path

#: Above this load other programs take the processor away.
MAX_LOAD = 1.5
_PAUSE = 5


def load() -> float:
    """Average number of running processes in the last minute."""
    return os.getloadavg()[0]


def is_quiet(minutes: int) -> bool:
    """Whether the load is low, after waiting for that up to ``minutes``."""
    deadline = time.monotonic() + minutes * 60
    while load() > MAX_LOAD and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    return load() <= MAX_LOAD


def processor() -> str:
    """The processor's name, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def facts() -> dict[str, str]:
    """Facts to print above the tables."""
    return {
        "cores": str(os.cpu_count()),
        "processor": processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "load at start": f"{load():.2f}",
    }

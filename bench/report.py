"""The tables of all measurements, and what they were measured on."""

import os
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Figures and names by column of a table, as they are written to JSON.
Row = dict[str, Any]


def verdict(*missed: str | bool) -> str:
    """``ok``, or what is over its limit; what is not is ``False``."""
    over = ", ".join(str(name) for name in missed if name)
    return f"**over: {over}**" if over else "ok"


def table(title: str, rows: list[Row]) -> Iterator[str]:
    """Lines of Markdown; the columns are the keys of the first row."""
    yield from ("", f"### {title}", "", f"| {' | '.join(rows[0])} |", f"|{' --- |' * len(rows[0])}")
    for row in rows:
        yield f"| {' | '.join(map(_text, row.values()))} |"


def _text(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def percentile(values: list[float], hundredths: int = 95) -> float | None:
    """The smallest value that at least so many hundredths do not exceed; ``None`` of none."""
    rank = max(-(-len(values) * hundredths // 100), 1)
    return sorted(values)[rank - 1] if values else None


def machine() -> str:
    """Facts to print above the tables; with a load above 1.5, times say little."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return (
        f"Machine: {os.cpu_count()} cores, {names[0] if names else platform.machine()}, "
        f"{platform.system()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.2f}."
    )

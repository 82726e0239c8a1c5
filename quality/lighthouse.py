"""``make lighthouse``: every German template on a slow phone, the median of three runs.

Prints a table with the limits; exit code 1 when one is missed. Needs Node, npm and Chromium;
Lighthouse itself comes from the npm registry on first use.
"""

import json
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quality.browser import CHROMIUM
from quality.html import fetch
from quality.site import FOLDER, served
from quality.template import Template
from quality.tools import ToolMissing, installed, need

NOT_INDEXED = re.compile(rb'<meta name="robots" content="noindex')


@dataclass(frozen=True)
class Limit:
    """A figure and how far it may go.

    Args:
        name: as the runner calls it.
        heading: of the column.
        scale: the figure is multiplied by it before it is shown.
        digits: shown behind the point.
        least: not below.
        most: not above.
    """

    name: str
    heading: str
    scale: float
    digits: int
    least: float | None = None
    most: float | None = None

    def allows(self, value: float) -> bool:
        """Whether the figure keeps the limit, as it is shown."""
        shown = round(value, self.digits)
        return (self.least is None or shown >= self.least) and (
            self.most is None or shown <= self.most
        )


LIMITS = (
    Limit("performance", "Performance ≥ 97", 100, 0, least=97),
    Limit("accessibility", "Accessibility = 100", 100, 0, least=100),
    Limit("practices", "Best Practices = 100", 100, 0, least=100),
    Limit("seo", "SEO = 100", 100, 0, least=100),
    Limit("cls", "CLS ≤ 0.02", 1, 3, most=0.02),
    Limit("lcp", "LCP ≤ 1.5 s", 0.001, 2, most=1.5),
    Limit("tbt", "TBT ≤ 50 ms", 1, 0, most=50),
    Limit("bytes", "size ≤ 120 KiB", 1 / 1024, 0, most=120),
    Limit("requests", "requests ≤ 12", 1, 0, most=12),
)


def medians(runs: list[dict[str, Any]]) -> dict[str, float]:
    """One figure for several runs; a figure that could not be taken counts as missed.

    Args:
        runs: of one address.
    """
    found = {}
    for limit in LIMITS:
        values = [run[limit.name] for run in runs if run[limit.name] is not None]
        worst = 0.0 if limit.least is not None else float("inf")
        found[limit.name] = statistics.median(values) * limit.scale if values else worst
    return found


def waived(template: Template, page: bytes) -> set[str]:
    """Limits that cannot hold: for what search engines leave out, and for error pages.

    A browser reports the status of an error page as an error in its console.
    """
    found = {"seo"} if NOT_INDEXED.search(page) else set()
    return found | ({"practices"} if template.status >= 400 else set())


def missed(figures: dict[str, float], waived: set[str]) -> list[str]:
    """The limits that figures do not keep, less those that are ``waived``."""
    return [
        limit.name
        for limit in LIMITS
        if limit.name not in waived and not limit.allows(figures[limit.name])
    ]


def row(name: str, figures: dict[str, float], over: list[str], waived: set[str]) -> str:
    """A line of the table."""
    cells = []
    for limit in LIMITS:
        text = f"{figures[limit.name]:.{limit.digits}f}"
        if limit.name in waived:
            text = "–"
        cells.append(f"**{text}**" if limit.name in over else text)
    return f"| {name} | {' | '.join(cells)} |"


def measure(urls: list[str], number: int) -> dict[str, list[dict[str, Any]]]:
    """``number`` runs of each address."""
    folder = installed("lighthouse").parent.parent
    runner = Path(__file__).with_suffix(".mjs")
    command = [need("node", "nodejs"), str(runner), str(folder), CHROMIUM, str(number)]
    found: dict[str, list[dict[str, Any]]] = {url: [] for url in urls}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("Both ends of the pipe were asked for.")
        process.stdin.write("\n".join(urls))
        process.stdin.close()
        for line in process.stdout:
            run = json.loads(line)
            found[run["url"]].append(run)
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if process.returncode:
        raise RuntimeError("Lighthouse ended early, see above.")
    return found


def main(only: str = "", runs: int = 3) -> int:
    """Measure and print; gives the exit code."""
    with served() as site:
        chosen = [
            template
            for template in site.templates
            if template.language == "de" and not template.state and only in template.name
        ]
        # Once before it counts: the first visitor of all fills the caches.
        pages = {template: fetch(site.url + template.address) for template in chosen}
        try:
            found = measure([site.url + template.address for template in chosen], runs)
        except ToolMissing as error:
            sys.exit(str(error))
    headings = [limit.heading for limit in LIMITS]
    lines = [f"| | {' | '.join(headings)} |", "| --- |" + " ---: |" * len(LIMITS)]
    notes, failed = [], False
    for template in chosen:
        without = waived(template, pages[template])
        figures = medians(found[site.url + template.address])
        over = missed(figures, without)
        failed = failed or bool(over)
        lines.append(row(template.name, figures, over, without))
        audits = {name for run in found[site.url + template.address] for name in run["failed"]}
        if audits and over:
            notes.append(f"{template.name}: {', '.join(sorted(audits))}")
    text = "\n".join([*lines, "", *notes])
    print(text)
    (FOLDER / "lighthouse.md").write_text(text + "\n", encoding="utf-8")
    return 1 if failed else 0

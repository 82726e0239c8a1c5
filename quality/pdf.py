"""``make pdf-ua``: veraPDF, whether each PDF is PDF/UA-1 (ISO 14289-1).

Needs WeasyPrint's library Pango, Java and Maven, which fetches veraPDF on first use.
"""

import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from quality.site import served
from quality.tools import ToolMissing, verapdf

#: Pages that there are as PDF, by the end of their name and of their address: what the PDF has.
PAGES = {
    "check-blank": ("drucken/", "pdf/"),
    "check-print": ("drucken/", "drucken/pdf/"),
    "check-result": ("ergebnis/", "ergebnis/pdf/"),
    "check-plan": ("massnahmen/", "massnahmen/pdf/"),
}
#: Seconds after which it is asked for once more if others are being made.
AGAIN = 5


def fetch(url: str) -> bytes:
    """The PDF at an address.

    Raises:
        ToolMissing: there is a page instead.
    """
    for _attempt in range(3):
        with urllib.request.urlopen(url) as response:  # noqa: S310
            if response.headers["Content-Type"] == "application/pdf":
                return bytes(response.read())
        time.sleep(AGAIN)
    raise ToolMissing(f"No PDF at {url}: is Pango installed?")


def main(only: str = "") -> int:
    """Check; gives the exit code: 1 where a rule is broken."""
    with TemporaryDirectory() as name, served() as site:
        folder = Path(name)
        try:
            command = verapdf()
            for template in site.templates:
                page = template.name.partition("-")[2]
                if page in PAGES and only in template.name:
                    address = template.address.removesuffix(PAGES[page][0]) + PAGES[page][1]
                    (folder / f"{template.name}.pdf").write_bytes(fetch(site.url + address))
        except ToolMissing as error:
            sys.exit(str(error))
        options = ["--flavour", "ua1", "--format", "text", "-v", str(folder)]
        return subprocess.run([*command, *options], check=False).returncode

"""``make html``: the Nu Html Checker (vnu), which is the validator of the W3C, on every template.

Needs Java; the checker itself comes from the npm registry on first use.
"""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from quality.site import served
from quality.tools import ToolMissing, installed, need

MEANT = (
    # Safari takes the list out of a list without bullets; the role gives it back (WebKit 170179).
    "The “list” role is unnecessary for element",
    # So Wagtail writes the line breaks of editors.
    "Trailing slash on void elements has no effect",
    # quality/english.py copies German texts into pages that the demo has in German only.
    'This document appears to be written in German but the “html” start tag has “lang="en"”',
)


def fetch(url: str) -> bytes:
    """The HTML at an address, whatever its status."""
    try:
        with urllib.request.urlopen(url) as response:  # noqa: S310
            return response.read()
    except urllib.error.HTTPError as error:
        return error.read()


def messages(folder: Path) -> list[str]:
    """What the checker says about the files in ``folder``."""
    jar = installed("vnu-jar") / "build" / "dist" / "vnu.jar"
    command = [need("java", "default-jre-headless"), "-jar", str(jar), "--format", "json"]
    done = subprocess.run(
        [*command, "--exit-zero-always", "--also-check-svg", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    return [
        f"{Path(entry['url']).stem}:{entry.get('lastLine', '')}: "
        f"{entry.get('subType') or entry['type']}: {entry['message']} "
        f"{' '.join(entry.get('extract', '').split())}"
        for entry in json.loads(done.stderr)["messages"]
        if not entry["message"].startswith(MEANT)
    ]


def main(only: str = "") -> int:
    """Check; gives the exit code: 1 where anything was found, a warning too."""
    with TemporaryDirectory() as name, served() as site:
        folder = Path(name)
        chosen = [template for template in site.templates if only in template.name]
        for template in chosen:
            (folder / f"{template.name}.html").write_bytes(fetch(site.url + template.address))
        try:
            found = messages(folder)
        except ToolMissing as error:
            sys.exit(str(error))
    print("\n".join(found))
    print(f"{len(chosen)} templates, {len(found)} messages")
    return 1 if found else 0

"""Programs of the npm registry, installed on use into var/; nobody else needs them."""

import json
import shutil
import subprocess
from pathlib import Path

from scripts.bootstrap import ROOT

FOLDER = ROOT / "var" / "tools"
#: Versions are named here; a newer one is a change of this line. Needs Node 20 or newer.
PACKAGES = {"lighthouse": "12.8.2", "vnu-jar": "26.9.27"}


class ToolMissing(Exception):
    """A program is not on this machine; the message says which."""


def need(program: str, package: str) -> str:
    """The path of ``program``.

    Raises:
        ToolMissing: it is not there; ``package`` of Debian has it.
    """
    found = shutil.which(program)
    if not found:
        raise ToolMissing(f"{program} is missing: apt-get install {package}")
    return found


def installed(package: str) -> Path:
    """The folder of ``package``, installed if necessary.

    Raises:
        ToolMissing: there is no npm.
    """
    folder = FOLDER / "node_modules" / package
    about = folder / "package.json"
    wanted = PACKAGES[package]
    if not about.exists() or json.loads(about.read_text())["version"] != wanted:
        FOLDER.mkdir(parents=True, exist_ok=True)
        npm = need("npm", "npm")
        options = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        names = [f"{name}@{version}" for name, version in PACKAGES.items()]
        subprocess.run([npm, "install", *options, "--prefix", FOLDER, *names], check=True)
    return folder

"""Programs of npm and Maven Central, installed on use into var/; nobody else needs them."""

import json
import shutil
import subprocess
from pathlib import Path

from scripts.bootstrap import ROOT

FOLDER = ROOT / "var" / "tools"
#: Versions are named here; a newer one is a change of this line. Needs Node 20 or newer.
PACKAGES = {"lighthouse": "12.8.2", "vnu-jar": "26.9.27"}
#: The command line of veraPDF on Maven Central; its version is named here, too.
VERAPDF = "1.28.2"
_VERAPDF_PROJECT = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tools</groupId><artifactId>verapdf</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId>
    <version>{VERAPDF}</version>
  </dependency></dependencies>
</project>
"""


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


def verapdf() -> list[str]:
    """The beginning of a command of veraPDF, fetched if necessary.

    Raises:
        ToolMissing: there is no Java, or no Maven.
    """
    java = need("java", "default-jre-headless")
    folder = FOLDER / f"verapdf-{VERAPDF}"
    if not folder.exists():
        maven = need("mvn", "maven")
        FOLDER.mkdir(parents=True, exist_ok=True)
        project = FOLDER / "verapdf.xml"
        project.write_text(_VERAPDF_PROJECT)
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
        subprocess.run([maven, "-q", "-B", "-f", project, *goal], check=True)
    return [java, "-cp", f"{folder}/*", "org.verapdf.apps.GreenfieldCliWrapper"]

"""Write constraints.txt anew: the newest versions that the requirement files allow today.

Nothing is installed: pip works out what it would install on the oldest Python that must do. Direct
requirements are left out, they are pinned in the requirement files themselves.
"""

import json
import re
import subprocess
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
# Packages may ask for a later patch of Python than a stable Linux distribution has.
OLDEST_PYTHON = "3.11.0"
HEADER = """\
# Versions of everything that requirements*.txt pull in, so that two installations are the same one.
# Renewed by `make constraints`; direct dependencies are pinned in the requirement files themselves.
"""


def direct_requirements() -> list[str]:
    """Return the pinned lines of the requirement files."""
    lines = [line for name in REQUIREMENTS for line in (ROOT / name).read_text().splitlines()]
    return [line for line in lines if "==" in line and not line.startswith("#")]


def normalise(name: str) -> str:
    """Return the name as package indexes compare it, without version and extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[=\[]", name)[0]).lower()


def resolve(direct: list[str]) -> dict[str, str]:
    """Return name and version of everything that ``direct`` requires, itself included.

    Raises:
        subprocess.CalledProcessError: the requirements do not fit together.
    """
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        report = Path(folder) / "report.json"
        command = [str(Path(folder) / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        command += ["--dry-run", "--ignore-installed", "--only-binary=:all:"]
        command += ["--python-version", OLDEST_PYTHON, "--target", folder]
        subprocess.run([*command, "--report", str(report), *direct], check=True)
        packages = [item["metadata"] for item in json.loads(report.read_text())["install"]]
    return {package["name"]: package["version"] for package in packages}


def main() -> None:
    """Resolve all indirect dependencies and pin them in constraints.txt."""
    direct = direct_requirements()
    pinned = {normalise(line) for line in direct}
    found = sorted(resolve(direct).items(), key=lambda item: item[0].lower())
    lines = [f"{name}=={version}\n" for name, version in found if normalise(name) not in pinned]
    CONSTRAINTS.write_text(HEADER + "".join(lines))
    print(f"{CONSTRAINTS.name}: {len(lines)} packages")


if __name__ == "__main__":
    main()

"""Write constraints.txt anew: the newest versions that the requirement files allow today.

Installs everything into a throw-away environment; the packages pinned in the requirement files
themselves are left out.
"""

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
HEADER = """\
# Versions of everything that requirements*.txt pull in, so that two installations are the same one.
# Renewed by `make constraints`; direct dependencies are pinned in the requirement files themselves.
"""


def direct_requirements() -> list[str]:
    """Return the pinned lines of the requirement files."""
    lines = [line for name in REQUIREMENTS for line in (ROOT / name).read_text().splitlines()]
    return [line for line in lines if "==" in line and not line.startswith("#")]


def _name(requirement: str) -> str:
    return re.split(r"[=\[]", requirement)[0].lower().replace("_", "-")


def main() -> None:
    """Install, list, write."""
    direct = direct_requirements()
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        pip = [str(Path(folder) / "bin" / "python"), "-m", "pip"]
        subprocess.run([*pip, "install", "--quiet", *direct], check=True)
        frozen = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True)
    pinned = {_name(line) for line in direct}
    lines = [line for line in frozen.stdout.splitlines() if _name(line) not in pinned]
    CONSTRAINTS.write_text(HEADER + "".join(f"{line}\n" for line in lines))
    print(f"{CONSTRAINTS.name}: {len(lines)} packages")


if __name__ == "__main__":
    sys.exit(main())

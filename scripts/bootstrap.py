"""Make a virtual environment that holds what the requirement files name.

Runs before anything is installed, so it needs nothing but Python and its standard library.
A second run costs milliseconds: what was installed is noted in a stamp file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
MINIMUM = (3, 11)
STAMP = ".requirements.json"
RUN = ("constraints.txt", "requirements.txt", "requirements-nodeps.txt")
DEVELOP = (*RUN, "requirements-dev.txt")


class BootstrapError(Exception):
    """The environment cannot be made; the message says what to do."""


def _candidates(minimum: tuple[int, int]) -> Iterator[str]:
    yield sys.executable
    yield from (f"python3.{minor}" for minor in range(20, minimum[1] - 1, -1))
    yield "python3"
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    if versions.is_dir():
        yield from (str(path) for path in sorted(versions.glob("*/bin/python3"), reverse=True))


def find_python(minimum: tuple[int, int] = MINIMUM) -> str:
    """Return the first interpreter on this machine that is new enough.

    Args:
        minimum: lowest version that will do, as (major, minor).

    Raises:
        BootstrapError: no such interpreter is installed.
    """
    for candidate in _candidates(minimum):
        program = shutil.which(candidate)
        if program and _version(program) >= minimum:
            return program
    wanted = ".".join(map(str, minimum))
    raise BootstrapError(f"No Python {wanted} or newer found: install one and try again.")


def _version(program: str | Path) -> tuple[int, ...]:
    question = "import sys; print(*sys.version_info[:2])"
    answer = subprocess.run([program, "-c", question], capture_output=True, text=True, check=False)
    return tuple(map(int, answer.stdout.split())) if answer.returncode == 0 else (0, 0)


def _digests(names: tuple[str, ...], extra: list[str]) -> dict[str, str]:
    digests = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in names}
    return digests | {"extra": " ".join(extra)}


def _installed(venv: Path) -> dict[str, str]:
    try:
        return json.loads((venv / STAMP).read_text())
    except (OSError, ValueError):
        return {}


def _create(venv: Path, minimum: tuple[int, int]) -> None:
    python = find_python(minimum)
    print(f"Creating {venv.name} with {python}", flush=True)
    shutil.rmtree(venv, ignore_errors=True)
    if subprocess.run([python, "-m", "venv", str(venv)], check=False).returncode:
        shutil.rmtree(venv, ignore_errors=True)
        raise BootstrapError(
            f"{python} cannot make virtual environments. On Debian and Ubuntu the package "
            "python3-venv is missing: apt-get install python3-venv"
        )


def ensure(
    *,
    develop: bool = False,
    venv: Path = VENV,
    minimum: tuple[int, int] = MINIMUM,
    extra: list[str] | None = None,
) -> Path:
    """Bring the virtual environment up to date and return its Python.

    Args:
        develop: also install what tests and linters need.
        venv: folder of the environment.
        minimum: lowest Python version that will do.
        extra: further requirements that win over the pinned ones (``Django>=6.1,<6.2``).

    Raises:
        BootstrapError: no usable Python, or an installation failed.
    """
    extra = extra or []
    python = venv / "bin" / "python"
    wanted = _digests(DEVELOP if develop else RUN, extra)
    usable = python.exists() and _version(python) >= minimum
    if usable and wanted.items() <= _installed(venv).items():
        return python
    if not usable:
        _create(venv, minimum)
    requirements = "requirements-dev.txt" if develop else "requirements.txt"
    print(f"Installing {requirements} (about half a minute the first time)", flush=True)
    (venv / STAMP).unlink(missing_ok=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    steps = [["-r", requirements], ["--no-deps", "-r", "requirements-nodeps.txt"]]
    if extra:
        steps.append(["--upgrade", *extra])
    for step in steps:
        if subprocess.run([*pip, *step], cwd=ROOT, check=False).returncode:
            raise BootstrapError(f"pip install {' '.join(step)} failed, see above.")
    (venv / STAMP).write_text(json.dumps(wanted, indent=1))
    return python


def main() -> None:
    """Command line: see --help."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="tests and linters too")
    parser.add_argument("--venv", default=VENV.name, help="folder (default: %(default)s)")
    parser.add_argument("--python", default="3.11", help="lowest version (default: %(default)s)")
    parser.add_argument("extra", nargs="*", help="requirements that win over the pinned ones")
    options = parser.parse_args()
    major, minor = map(int, options.python.split("."))
    try:
        ensure(
            develop=options.dev,
            venv=ROOT / options.venv,
            minimum=(major, minor),
            extra=options.extra,
        )
    except BootstrapError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

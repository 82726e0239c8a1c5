"""``python -m tests.mutations [PART…]``: switches guards off one at a time and says who noticed.

With words only the guards whose names contain one of them. Ends with 1 if one survives.
"""

import os
import subprocess
import sys
from collections.abc import Iterable

import pytest

from tests.mutations.guards import Guard, guards

PYTEST = (sys.executable, "-m", "pytest", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider")


class Broken(Exception):
    """The tests could not be run; the message is what they printed."""


def run(tests: Iterable[str], *options: str, **environment: str) -> list[str]:
    """Run tests.

    Returns:
        Those that fail.

    Raises:
        Broken: none was run.
    """
    done = subprocess.run(
        [*PYTEST, "-rfE", *options, *tests],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise Broken(done.stdout + done.stderr)
    lines = done.stdout.splitlines()
    return [line.split(" - ")[0] for line in lines if line.startswith(("FAILED ", "ERROR "))]


def killer_of(guard: Guard) -> str:
    """The first test that notices when ``guard`` is off; empty when none does."""
    failed = run(guard.tests, "-x", "-p", "tests.mutations.plugin", MUTATION=guard.function)
    return failed[0] if failed else ""


def main(parts: list[str]) -> int:
    """Try them all; gives the exit code."""
    chosen = [
        guard for guard in guards() if not parts or any(part in guard.function for part in parts)
    ]
    # With all guards on nothing may fail, or a failure would prove nothing. This also stores
    # the databases that the others then copy.
    if failed := run(sorted({test for guard in chosen for test in guard.tests}), "-n", "auto"):
        print("These fail with all guards on:", *failed, sep="\n")
        return 1
    survived = 0
    for guard in chosen:
        killer = killer_of(guard)
        survived += not killer
        print(f"{'killed  ' if killer else 'SURVIVED'} {guard.function}  {killer}", flush=True)
    print(f"{len(chosen) - survived} of {len(chosen)} killed")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

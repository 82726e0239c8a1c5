"""The frame of a child process: its limits, its order, its answer.

Nothing of the site is imported here: a child starts in a fifth of a second and holds no database.
"""

import contextlib
import errno
import json
import sys
from collections.abc import Callable

#: Of the operating system, when nothing more can be written: disk or quota.
FULL = (errno.ENOSPC, errno.EDQUOT)


def main(programs: dict[str, Callable[[dict[str, object]], dict[str, object]]]) -> None:
    """Run the program that the first argument names; limits of bytes and seconds follow it."""
    name, most_bytes, most_seconds = sys.argv[1:]
    limit(int(most_bytes), int(most_seconds))
    order = json.load(sys.stdin)
    try:
        answer = programs[name](order)
    except MemoryError:
        answer = {"error": "memory"}
    except OSError as error:
        answer = {"error": "full" if error.errno in FULL else "unreadable", "said": str(error)}
    except Exception as error:  # whatever a decoder stumbles over
        answer = {"error": "unreadable", "said": f"{type(error).__name__}: {error}"}
    json.dump(answer, sys.stdout)


def limit(most_bytes: int, most_seconds: int) -> None:
    """Limit this process; where the operating system knows no such limit, only its time counts."""
    with contextlib.suppress(ImportError):
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, most_bytes),
            (resource.RLIMIT_CPU, most_seconds),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))

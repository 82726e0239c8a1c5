"""Read files that strangers made in a process of its own, with limits of memory and time."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: A decoder that asks for more is refused: a file of 350 kB can unpack to 500 MB of pixels.
MOST_BYTES = 600 * 1024 * 1024
#: Of processor time and of the clock.
MOST_SECONDS = 30
#: Threads of allocators and decoders reserve address space, which is what is limited.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}


class FileProblem(Exception):
    """A file could not be processed.

    Args:
        reason: ``memory``, ``time``, ``unreadable``, ``full`` (the disk), or what a program
            answers of its own.
    """

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason, said)
        self.reason = reason
        self.said = said


def run(script: str, program: str, order: Mapping[str, object]) -> dict[str, Any]:
    """Have a script beside this module do what ``order`` says.

    Raises:
        FileProblem: if it cannot, or takes more than it may.
    """
    path = Path(__file__).with_name(script)
    command = [sys.executable, "-I", str(path), program, str(MOST_BYTES), str(MOST_SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program with numbers
            command,
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=MOST_SECONDS,
            env=ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileProblem("time") from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        # Killed by a limit: allocators of decoders end the process where Python would raise.
        reason = "time" if done.returncode == -signal.SIGXCPU else "memory"
        raise FileProblem(reason, done.stderr.decode(errors="replace")[-500:]) from error
    if "error" in answer:
        raise FileProblem(answer["error"], answer.get("said", ""))
    return answer

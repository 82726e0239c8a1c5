"""The platform with demonstration content, from a fresh clone to a served page in one command.

Installs, migrates, builds the content (``manage.py build_demo``) into var/demo.sqlite3 and serves
it, with periodic work (``manage.py run_due --loop``) beside it. A second run keeps the data unless
the migrations changed. Needs nothing but the standard library.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bootstrap import ROOT, BootstrapError, ensure
from scripts.digest import digest_of

VAR = ROOT / "var"
DATABASE = VAR / "demo.sqlite3"
MEDIA = VAR / "demo-media"
LOGINS = VAR / "demo-logins.txt"
STAMP = VAR / "demo.json"
STARTUP_SECONDS = 60
SHUTDOWN_SECONDS = 8


class DemoError(Exception):
    """The demo cannot start; the message says why."""


def demo_environment(port: int) -> dict[str, str]:
    """Return the environment of the demo's processes: its own database, never the caller's."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{DATABASE}",
        "MEDIA_ROOT": str(MEDIA),
        "VAR_DIR": str(VAR),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_RUNSERVER_HIDE_WARNING": "true",
        "PYTHONUNBUFFERED": "1",
    }


def migration_digest() -> str:
    """Return one value for all migration files: another value means another schema."""
    return digest_of(["*/migrations/*.py"])


def dependency_digest() -> str:
    """Return one value for the pinned versions, whose packages bring migrations too."""
    return digest_of(["constraints.txt", "requirements.txt"])


def read_stamp() -> dict[str, str]:
    """Return what the finished database was built from; empty when there is none."""
    try:
        return json.loads(STAMP.read_text()) if DATABASE.exists() else {}
    except (OSError, ValueError):
        return {}


def manage(python: Path, environment: dict[str, str], *arguments: str) -> str:
    """Run one management command and return what it prints.

    Raises:
        DemoError: the command failed; its own output stands above.
    """
    command = [str(python), "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise DemoError(f"{done.stdout}manage.py {arguments[0]} failed, see above.")
    return done.stdout


def prepare(python: Path, environment: dict[str, str], *, reset: bool) -> None:
    """Build the database unless a finished one of the same schema is there."""
    VAR.mkdir(exist_ok=True)
    wanted = {"migrations": migration_digest(), "dependencies": dependency_digest()}
    found = read_stamp()
    if reset:
        print("Starting over: the demo's data are thrown away.")
    elif not found and DATABASE.exists():
        print("The last build was not finished: starting over.")
    elif found and found.get("migrations") != wanted["migrations"]:
        print("The migrations have changed: the demo's data are thrown away and built anew.")
    elif found == wanted:
        return
    elif found:
        print("The dependencies have changed: migrating, the data stay.")
        manage(python, environment, "migrate", "--verbosity=0")
        STAMP.write_text(json.dumps(wanted))
        return
    started = time.monotonic()
    for path in VAR.glob(f"{DATABASE.name}*"):
        path.unlink()
    for path in (STAMP, LOGINS):
        path.unlink(missing_ok=True)
    shutil.rmtree(MEDIA, ignore_errors=True)
    print("Building the demo (up to a minute)", flush=True)
    manage(python, environment, "migrate", "--verbosity=0")
    LOGINS.write_text(manage(python, environment, "build_demo"))
    STAMP.write_text(json.dumps(wanted))
    print(f"Built in {time.monotonic() - started:.0f} seconds.")


def _ends_with_parent() -> Callable[[], None] | None:
    """Return a hook that ends a child even when this process is killed (Linux only)."""
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return None
    set_parent_death_signal = 1
    return lambda: prctl(set_parent_death_signal, signal.SIGTERM)


class Processes:
    """The server and the periodic work: started together, ended together."""

    def __init__(self, python: Path, environment: dict[str, str], port: int) -> None:
        self._python = python
        self._environment = environment
        self._hook = _ends_with_parent()
        self.server = self._start("runserver", "--noreload", f"127.0.0.1:{port}")
        self.periodic = self._start("run_due", "--loop")

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches only this process, which ends both in order.
        return subprocess.Popen(
            [str(self._python), "manage.py", *arguments],
            cwd=ROOT,
            env=self._environment,
            start_new_session=True,
            preexec_fn=self._hook,
        )

    def keep_periodic(self) -> None:
        """Start periodic work again if it has ended by itself, and say so."""
        if self.periodic.poll() is not None:
            print(f"Periodic work ended ({self.periodic.returncode}): starting it again.")
            time.sleep(5)
            self.periodic = self._start("run_due", "--loop")

    def end(self) -> None:
        """End both processes with SIGTERM, after a while with SIGKILL."""
        children = [self.server, self.periodic]
        for child in children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + SHUTDOWN_SECONDS
        for child in children:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def announce(port: int) -> None:
    """Print the address and who can log in."""
    address = f"http://127.0.0.1:{port}"
    print(f"\n  Site      {address}/\n  Editing   {address}/admin/\n")
    if LOGINS.exists():
        print("".join(f"  {line}\n" for line in LOGINS.read_text().splitlines()))
    print("  Ctrl-C ends it. The data stay in var/; `make demo-reset` starts over.\n", flush=True)


def serve(python: Path, environment: dict[str, str], port: int) -> int:
    """Serve until a signal comes or the server ends; return the exit code."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    processes = Processes(python, environment, port)
    try:
        deadline = time.monotonic() + STARTUP_SECONDS
        while not _answers(port):
            if processes.server.poll() is not None or time.monotonic() > deadline:
                raise DemoError("The server did not start, see above.")
            time.sleep(0.1)
        announce(port)
        while processes.server.poll() is None:
            processes.keep_periodic()
            time.sleep(0.5)
        return processes.server.returncode
    except KeyboardInterrupt:
        print("\nEnding the demo.")
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        processes.end()


def main() -> int:
    """Command line: see --help."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reset", action="store_true", help="throw the demo's data away first")
    parser.add_argument("--build-only", action="store_true", help="do not serve")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    options = parser.parse_args()
    environment = demo_environment(options.port)
    try:
        if not options.build_only and _answers(options.port):
            raise DemoError(f"Port {options.port} is taken: choose another, make demo PORT=8001")
        python = ensure()
        subprocess.run([str(python), "scripts/compile_messages.py"], cwd=ROOT, check=True)
        prepare(python, environment, reset=options.reset)
        return 0 if options.build_only else serve(python, environment, options.port)
    except (BootstrapError, DemoError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

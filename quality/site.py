"""The demo, served as production serves it: built once, kept in var/quality until code changes."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from quality.template import Template
from scripts.bootstrap import ROOT
from scripts.digest import digest_of

FOLDER = ROOT / "var" / "quality"
STARTUP_SECONDS = 60
# What the content of the database comes from, and what static files do.
_CODE = ("*/**/*.py", "*/**/*.toml", "*/**/*.csv", "requirements*.txt", "locale/**/*.po")
_STATIC = (
    *("static/**/*", "*/static/**/*", "templates/**/*.css", "**/*.toml"),
    *("requirements*.txt", "cms/**/*.py"),
)
_ROOMS_LEFT_OUT = {"tests", "bench", "docs", "var"}


@dataclass(frozen=True)
class Site:
    """A running site.

    Args:
        url: how its addresses begin, without a slash at the end.
        templates: everything there is to look at.
    """

    url: str
    templates: tuple[Template, ...]


def _environment(settings: str, port: int = 8000) -> dict[str, str]:
    url = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if name != "DEBUG"}
    return kept | {
        "DJANGO_SETTINGS_MODULE": settings,
        "SECRET_KEY": hashlib.sha512(b"quality").hexdigest(),
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": url,
        "DEFAULT_FROM_EMAIL": "haeuser@example.org",
        "DATABASE_URL": f"sqlite:///{FOLDER / 'site.sqlite3'}",
        "MEDIA_ROOT": str(FOLDER / "media"),
        "VAR_DIR": str(FOLDER),
        "PYTHONPATH": str(ROOT),
    }


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{done.stdout}\n{' '.join(arguments)} failed, see above.")
    return done.stdout


@contextmanager
def _locked() -> Iterator[None]:
    """One at a time: tests run in several processes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build() -> tuple[Template, ...]:
    """Build what is missing or out of date; gives the templates of the finished site."""
    with _locked():
        stamp = FOLDER / "stamp.json"
        known = json.loads(stamp.read_text()) if stamp.exists() else {}
        wanted = {
            "code": digest_of(_CODE, _ROOMS_LEFT_OUT),
            "static": digest_of(_STATIC, _ROOMS_LEFT_OUT),
        }
        if known.get("code") != wanted["code"]:
            stamp.unlink(missing_ok=True)
            _build_database()
        if known.get("static") != wanted["static"]:
            _run(_environment("quality.settings"), "manage.py", "collectstatic", "--no-input", "-c")
        stamp.write_text(json.dumps(wanted))
        # Found anew each time: the registry itself may have changed.
        _run(_environment("cms.settings.dev"), "-m", "quality", "templates")
        found = json.loads((FOLDER / "templates.json").read_text())
    return tuple(Template(**entry) for entry in found)


def _build_database() -> None:
    for path in FOLDER.glob("site.sqlite3*"):
        path.unlink()
    shutil.rmtree(FOLDER / "media", ignore_errors=True)
    environment = _environment("cms.settings.dev")
    _run(environment, "scripts/compile_messages.py")
    _run(environment, "manage.py", "migrate", "--verbosity=0")
    _run(environment, "manage.py", "build_demo")
    _run(environment, "-m", "quality", "english")
    # Without them pages show themselves without photos and portraits.
    _run(environment, "-m", "quality", "pictures")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served() -> Iterator[Site]:
    """The site on a free port, by gunicorn, as in docs/how-to/run-production.md.

    Connections stay open as they do behind a reverse proxy.

    Raises:
        RuntimeError: it could not be built, or does not answer.
    """
    found = build()
    port = _free_port()
    command = ["gunicorn", "cms.wsgi", "--workers=2", "--threads=4", "--keep-alive=20"]
    with (FOLDER / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *command, f"--bind=127.0.0.1:{port}"],
            cwd=ROOT,
            env=_environment("quality.settings", port),
            stdout=log,
            stderr=log,
        )
        try:
            site = Site(f"http://127.0.0.1:{port}", found)
            _wait(site, server)
            yield site
        finally:
            server.terminate()
            server.wait(20)


def _wait(site: Site, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{site.url}/-/health/ready"),  # noqa: S310
        ):
            return
        time.sleep(0.2)
    raise RuntimeError(f"The server did not start: {FOLDER / 'server.log'}")

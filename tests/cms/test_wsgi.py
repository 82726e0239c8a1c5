"""What has happened when the application is loaded: web processes are forked from there."""

import os
import runpy
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from scripts.bootstrap import ROOT

LOADED = """
import threading
import cms.wsgi
from django.db import connections
print(threading.active_count(), [c.alias for c in connections.all(True) if c.connection])
"""


def test_loading_opens_no_connection_and_no_thread() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.split("\n")[0] == "1 []"


@pytest.fixture
def configuration() -> dict[str, Any]:
    """What gunicorn reads."""
    return runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))


def test_a_thread_before_the_fork_is_refused(configuration) -> None:
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait, daemon=True)
    thread.start()
    try:
        with pytest.raises(RuntimeError, match="Threads before the fork"):
            configuration["pre_fork"](None, None)
    finally:
        waiting.set()
        thread.join()


@pytest.mark.parametrize(
    ("master", "told"),
    [(0, []), (999_999_999, []), (os.getppid(), [(os.getppid(), signal.SIGTERM)])],
)
def test_only_the_master_that_started_this_one_is_told_to_end(
    configuration, monkeypatch, master, told
) -> None:
    ended: list[tuple[int, int]] = []
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.setattr(os, "kill", lambda pid, number: ended.append((pid, number)))
    configuration["when_ready"](SimpleNamespace(master_pid=master, log=None))
    assert ended == told

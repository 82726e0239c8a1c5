"""The web processes: ``gunicorn --config deploy/gunicorn.conf.py cms.wsgi``.

A new version takes over without a gap: USR2 (``deploy/reload``) starts a second master on the same
sockets, which loads the application once, before it forks; when it is ready it tells the old one to
finish what it has in hand. A version that cannot start ends, and the old one goes on.
"""

import multiprocessing
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter
    from gunicorn.workers.base import Worker

bind = os.environ.get("BIND", "127.0.0.1:8001")
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * multiprocessing.cpu_count() + 1))
timeout = 60
graceful_timeout = 30
pidfile = os.environ.get("PIDFILE")
# Loaded once and shared: a new version is ready as soon as its workers are forked.
preload_app = True
# It has a thread of its own, and workers are forked again beside it.
control_socket_disable = True


def pre_fork(server: "Arbiter", worker: "Worker") -> None:
    """Refuse to fork with a connection or a thread, which the worker would share.

    Raises:
        RuntimeError: if there is one.
    """
    from django.db import connections

    if threading.active_count() > 1:
        raise RuntimeError(f"Threads before the fork: {threading.enumerate()}")
    if any(connection.connection for connection in connections.all(initialized_only=True)):
        raise RuntimeError("A connection to the database is open before the fork.")


def when_ready(server: "Arbiter") -> None:
    """Take over from the master that this one was started by, and say so to systemd."""
    from gunicorn import systemd

    if server.master_pid and server.master_pid == os.getppid():
        os.kill(server.master_pid, signal.SIGTERM)
        systemd.sd_notify(f"MAINPID={os.getpid()}\nREADY=1", server.log)

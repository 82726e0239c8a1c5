"""What the database server's own troubles cost: seconds, and no reader."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, close_old_connections, connection
from django.test import Client

from cms.models import SiteSettings
from cms.postgresql import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server"),
]


def backend() -> int:
    """The server's process that answers our connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@contextmanager
def frozen(process: int) -> Iterator[None]:
    """Stop a process of the server for a while; that needs a server of this machine."""
    try:
        os.kill(process, signal.SIGSTOP)
    except (ProcessLookupError, PermissionError):
        pytest.skip("The server is none of this machine's.")
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def test_first_request_after_a_restart_of_the_server_succeeds():
    SiteSettings.load()
    process = backend()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
    other.close()
    close_old_connections()  # as at the start of each request; the test client leaves it out
    assert Client().get("/suche/").status_code == 200


def test_server_that_is_not_there_is_noticed_in_seconds():
    assert 0 < int(connection.get_connection_params()["connect_timeout"]) <= 5


def test_kept_connection_whose_server_stands_still_is_replaced(monkeypatch):
    monkeypatch.setattr(base, "HEALTH_CHECK_SECONDS", 0.2)
    SiteSettings.load()
    with frozen(backend()):
        close_old_connections()
        assert Client().get("/suche/").status_code == 200


def test_query_without_an_answer_is_given_up(settings):
    settings.DATABASE_ANSWER_SECONDS = 0.2
    with frozen(backend()), pytest.raises(OperationalError):
        SiteSettings.objects.first()
    close_old_connections()
    assert Client().get("/suche/").status_code == 200

"""What the database server's own troubles cost: seconds, and no reader."""

import pytest
from django.db import close_old_connections, connection
from django.test import Client

from cms.models import SiteSettings

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server"),
]


def test_first_request_after_a_restart_of_the_server_succeeds():
    SiteSettings.load()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
    other.close()
    close_old_connections()  # as at the start of each request; the test client leaves it out
    assert Client().get("/suche/").status_code == 200


def test_server_that_is_not_there_is_noticed_in_seconds():
    assert 0 < int(connection.get_connection_params()["connect_timeout"]) <= 5

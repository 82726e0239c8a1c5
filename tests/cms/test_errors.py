"""The pages of the server's own troubles: 500, and 503 where the database is away."""

import pytest
from django.db import OperationalError
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(monkeypatch):
    """Gives the answer to a page that fails with an exception."""

    def broken(error: Exception):
        def fail(*args, **kwargs):
            raise error

        monkeypatch.setattr("search.views.list_context", fail)
        return Client(raise_request_exception=False).get("/suche/")

    return broken


def test_failure_of_the_program_is_500(broken):
    assert broken(ValueError("wrong")).status_code == 500


def test_silent_database_is_503(broken):
    assert broken(OperationalError("no connection")).status_code == 503


def test_503_says_when_to_come_back(broken):
    assert int(broken(OperationalError("no connection"))["Retry-After"]) > 0


@pytest.mark.parametrize("error", [ValueError("wrong"), OperationalError("away")])
def test_page_needs_no_database(broken, error, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Häuser der Kooperation" in broken(error).content.decode()


def test_reason_is_not_shown(broken):
    assert "wrong" not in broken(ValueError("wrong")).content.decode()

"""How many messages of one sender a form accepts."""

import datetime

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from cms.spam_protection.throttling import Throttle

pytestmark = pytest.mark.django_db

THROTTLE = Throttle("enquiry")


@pytest.fixture(autouse=True)
def quiet_cache():
    cache.clear()
    yield
    cache.clear()


def post(secure: bool = False, address: str = "192.0.2.1", **headers: str):
    request = RequestFactory().post("/anfrage/", headers=headers, secure=secure)
    request.META["REMOTE_ADDR"] = address
    return request


def test_five_messages_and_no_more():
    assert [THROTTLE.accepts(post()) for _ in range(6)] == [True] * 5 + [False]


def test_messages_by_another_form_count_apart():
    for _ in range(6):
        Throttle("check").accepts(post())
    assert THROTTLE.accepts(post())


def test_others_may_send_meanwhile():
    for _ in range(6):
        THROTTLE.accepts(post())
    assert THROTTLE.accepts(post(address="192.0.2.2"))


def test_addresses_of_one_household_count_together():
    for number in range(5):
        THROTTLE.accepts(post(address=f"2001:db8::{number}"))
    assert not THROTTLE.accepts(post(address="2001:db8::beef"))


def test_limit_ends_after_ten_minutes(monkeypatch):
    for _ in range(6):
        THROTTLE.accepts(post())
    later = timezone.now() + datetime.timedelta(seconds=THROTTLE.seconds + 2)
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: later)
    assert THROTTLE.accepts(post())


def test_all_processes_count_together():
    for _ in range(5):
        THROTTLE.accepts(post())
    cache.clear()  # another process begins with an empty memory
    assert not THROTTLE.accepts(post())


def test_two_at_once_take_two_places(monkeypatch):
    """The faster one takes the first place while the slower one is about to."""
    add, taken = cache.add, []

    def add_after_another(key, *args):
        if not taken:
            taken.append(add(key, *args))
        return add(key, *args)

    monkeypatch.setattr(cache, "add", add_after_another)
    assert [THROTTLE.accepts(post()) for _ in range(5)] == [True] * 4 + [False]


def unreachable(*args):
    raise OperationalError("no connection")


def read_only(*args):
    return False


@pytest.mark.parametrize("fails", [unreachable, read_only])
def test_a_cache_that_fails_loses_no_message(monkeypatch, fails):
    monkeypatch.setattr(cache, "add", fails)
    assert [THROTTLE.accepts(post()) for _ in range(7)] == [True] * 7


def test_header_of_the_proxy_names_the_visitor(settings):
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"
    for number in range(6):
        header = f"203.0.113.9, 198.51.100.{number}"
        assert THROTTLE.accepts(post(**{"x-forwarded-for": header}))


def test_cache_knows_no_address(monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *args: keys.append(key) or True)
    THROTTLE.accepts(post(address="192.0.2.77"))
    assert "192.0.2" not in keys[0]

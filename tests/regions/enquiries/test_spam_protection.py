"""What keeps machines out: origin, time stamp, number of messages."""

import datetime
import time

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from regions.enquiries import spam_protection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet_cache():
    cache.clear()
    yield
    cache.clear()


def post(secure: bool = False, address: str = "192.0.2.1", **headers: str):
    request = RequestFactory().post("/anfrage/", headers=headers, secure=secure)
    request.META["REMOTE_ADDR"] = address
    return request


@pytest.mark.parametrize(
    "headers, secure, trusted",
    [
        ({"origin": "http://testserver"}, False, True),
        ({"origin": "https://testserver"}, True, True),
        ({"origin": "https://testserver:443"}, True, True),
        ({"referer": "http://testserver/anfrage/?zu=3"}, False, True),
        ({}, False, False),
        ({"origin": "null"}, False, False),
        ({"origin": "https://testserver"}, False, False),
        ({"origin": "http://testserver:8000"}, False, False),
        ({"origin": "http://testserver.evil.example"}, False, False),
        ({"origin": "http://evil.example/testserver"}, False, False),
        ({"origin": "http://testserver@evil.example"}, False, False),
        ({"origin": "http://[broken"}, False, False),
        ({"origin": "http://testserver:port"}, False, False),
        ({"origin": "https://evil.example", "referer": "http://testserver/"}, False, False),
        ({"origin": "null", "referer": "http://testserver/"}, False, False),
        ({"referer": "https://evil.example/?http://testserver/"}, False, False),
    ],
)
def test_origin(headers, secure, trusted):
    assert spam_protection.is_same_origin(post(secure, **headers)) is trusted


def test_new_stamp_is_ours():
    assert spam_protection.age_of(spam_protection.new_stamp()) < 5


OF_ANOTHER_FORM = signing.dumps(int(time.time()), salt="other form")


@pytest.mark.parametrize(
    "stamp", ["", "x", "1:2:3", OF_ANOTHER_FORM], ids=["none", "word", "parts", "other-form"]
)
def test_foreign_stamp_is_refused(stamp):
    assert spam_protection.age_of(stamp) is None


def test_old_stamp_is_refused(monkeypatch):
    stamp = spam_protection.new_stamp()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + spam_protection.STAMP_LIVES + 5)
    assert spam_protection.age_of(stamp) is None


def test_five_messages_and_no_more():
    assert [spam_protection.may_send(post()) for _ in range(6)] == [True] * 5 + [False]


def test_others_may_send_meanwhile():
    for _ in range(6):
        spam_protection.may_send(post())
    assert spam_protection.may_send(post(address="192.0.2.2"))


def test_addresses_of_one_household_count_together():
    for number in range(5):
        spam_protection.may_send(post(address=f"2001:db8::{number}"))
    assert not spam_protection.may_send(post(address="2001:db8::beef"))


def test_limit_ends_after_ten_minutes(monkeypatch):
    for _ in range(6):
        spam_protection.may_send(post())
    later = timezone.now() + datetime.timedelta(seconds=spam_protection.WITHIN_SECONDS + 2)
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: later)
    assert spam_protection.may_send(post())


def test_all_processes_count_together():
    for _ in range(5):
        spam_protection.may_send(post())
    cache.clear()  # another process begins with an empty memory
    assert not spam_protection.may_send(post())


def test_two_at_once_take_two_places(monkeypatch):
    """The faster one takes the first place while the slower one is about to."""
    add, taken = cache.add, []

    def add_after_another(key, *args):
        if not taken:
            taken.append(add(key, *args))
        return add(key, *args)

    monkeypatch.setattr(cache, "add", add_after_another)
    assert [spam_protection.may_send(post()) for _ in range(5)] == [True] * 4 + [False]


def unreachable(*args):
    raise OperationalError("no connection")


def read_only(*args):
    return False


@pytest.mark.parametrize("fails", [unreachable, read_only])
def test_a_cache_that_fails_loses_no_message(monkeypatch, fails):
    monkeypatch.setattr(cache, "add", fails)
    assert [spam_protection.may_send(post()) for _ in range(7)] == [True] * 7


def test_header_of_the_proxy_names_the_visitor(settings):
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"
    for number in range(6):
        header = f"203.0.113.9, 198.51.100.{number}"
        assert spam_protection.may_send(post(**{"x-forwarded-for": header}))


def test_cache_knows_no_address(monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *args: keys.append(key) or True)
    spam_protection.may_send(post(address="192.0.2.77"))
    assert "192.0.2" not in keys[0]

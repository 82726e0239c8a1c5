"""Which site a form came from."""

import pytest
from django.test import RequestFactory

from cms.spam_protection.origin import is_same_origin


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
    request = RequestFactory().post("/anfrage/", headers=headers, secure=secure)
    assert is_same_origin(request) is trusted

"""The contact on every page (F2: every offer names a human contact)."""

import pytest

from cms.contact import Contact


@pytest.mark.parametrize(
    "printed, link",
    [
        ("030 23125-123", "+493023125123"),
        ("(0171) 39 200 55", "+491713920055"),
        ("+49 30 23125-123", "+493023125123"),
        ("+49 (0)30 23125-123", "+493023125123"),
        ("0049 30 23125123", "+493023125123"),
        ("+43 1 2345", "+4312345"),
        ("110", "110"),
        ("", ""),
    ],
)
def test_number_as_phones_dial_it(printed, link):
    assert Contact("A", "", "a@example.org", printed, "Haus").phone_link == link

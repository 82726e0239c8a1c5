"""The signed time at which a form was handed out."""

import time

import pytest

from cms.spam_protection.honeypot import STAMP_LIVES, age_of, new_stamp

FORM = "enquiry"


def test_new_stamp_is_ours():
    assert age_of(new_stamp(FORM), FORM) < 5


OF_ANOTHER_FORM = new_stamp("check")


@pytest.mark.parametrize(
    "stamp", ["", "x", "1:2:3", OF_ANOTHER_FORM], ids=["none", "word", "parts", "other-form"]
)
def test_foreign_stamp_is_refused(stamp):
    assert age_of(stamp, FORM) is None


def test_old_stamp_is_refused(monkeypatch):
    stamp = new_stamp(FORM)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + STAMP_LIVES + 5)
    assert age_of(stamp, FORM) is None

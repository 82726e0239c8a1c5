"""Names of places are found however they are spelt."""

import re

import pytest

from regions.finder.geocoding import comparable, pattern


@pytest.mark.parametrize(
    "one, other", [("Großenhain", "grossenhain"), ("Baden-Baden", "baden baden"), ("Öhningen",) * 2]
)
def test_spellings_are_the_same(one, other):
    assert comparable(one) == comparable(other)
    assert re.fullmatch(pattern(other), one)

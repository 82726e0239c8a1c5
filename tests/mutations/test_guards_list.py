"""The list of guards to switch off stays whole while the code moves."""

import pytest

from scripts.bootstrap import ROOT
from tests.mutations.guards import Guard, guards, replacement

GUARDS = list(guards())


def test_there_are_forty_of_them():
    assert len({guard.function for guard in GUARDS}) == len(GUARDS) == 40


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.function)
def test_guard_is_where_the_list_says(guard: Guard):
    owner, name = guard.place
    assert callable(getattr(owner, name))
    assert callable(replacement(guard.becomes))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.function)
def test_those_who_notice_are_there(guard: Guard):
    assert [test for test in guard.tests if not (ROOT / test).exists()] == []

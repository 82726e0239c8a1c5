"""Tests that share what is dear to build run in one process."""

import os

import pytest


@pytest.mark.xdist_group("groups")
def test_groups_of_tests_reach_the_scheduler(request):
    """pytest 9.2 with pytest-xdist 3.8 forgets them without a word: each walk was made twice."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("in one process all tests are together")
    assert request.node.nodeid.endswith("@groups")

"""The world of the matrix, built once per module."""

from collections.abc import Iterator

import pytest

from tests.built import kept, settle
from tests.isolation.matrix import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with kept(django_db_blocker):
        built = World()
        settle()
        yield built

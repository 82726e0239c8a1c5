"""The world of the matrix, built once per module; and what the site would write to its log."""

import io
import logging
from collections.abc import Iterator

import pytest

from tests.built import module_transaction, run_on_commit_callbacks
from tests.isolation.matrix import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with module_transaction(django_db_blocker):
        built = World()
        run_on_commit_callbacks()
        yield built


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """What stands in the log at ``LOG_LEVEL=INFO``, as the site's own handler writes it."""
    root, lines = logging.getLogger(), io.StringIO()
    console = next(handler for handler in root.handlers if type(handler) is logging.StreamHandler)
    level, stream = root.level, console.setStream(lines)
    root.setLevel(logging.INFO)
    yield lines
    console.setStream(stream)
    root.setLevel(level)

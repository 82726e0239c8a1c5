"""The world of the matrix, and what the site would write to its log."""

import io
import logging
from collections.abc import Iterator

import pytest

from tests.databases.templates import REGIONS, Template, template_for
from tests.isolation.matrix import World
from tests.isolation.world import build_world

ISOLATION = Template("isolation", build_world, REGIONS, files=("tests/translating.py",))


@pytest.fixture
def database_template(request) -> Template:
    return ISOLATION if "world" in request.fixturenames else template_for(request.fixturenames)


@pytest.fixture(scope="session")
def worlds() -> dict[str, World]:
    """Read once: the tests do nothing to its objects."""
    return {}


@pytest.fixture
def world(db, database, worlds) -> World:
    if "world" not in worlds:
        worlds["world"] = World(database.content)
    return worlds["world"]


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

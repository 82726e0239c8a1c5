"""Plugin of pytest that switches one guard off: ``-p tests.mutations.plugin``.

``MUTATION`` names the function. What is built meanwhile is not stored: nobody else may get it.
"""

import os

import pytest

from tests.mutations.guards import guards, replacement, switch_off


def pytest_collection_finish() -> None:
    """Everything is imported now."""
    from tests.databases.stores import PostgreSQLStore, SQLiteStore

    guard = next(guard for guard in guards() if guard.function == os.environ["MUTATION"])
    patch = pytest.MonkeyPatch()
    for store in (SQLiteStore, PostgreSQLStore):
        patch.setattr(store, "save", lambda *args: None)
    switch_off(patch, guard.function, replacement(guard.becomes))

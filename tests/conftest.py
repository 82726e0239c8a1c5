"""What every run of the tests needs: compiled messages, and a reason for each skipped test."""

import os
from pathlib import Path

import pytest
from django.db import connection

from scripts.compile_messages import compile_all

CHROMIUM = "/usr/bin/chromium"


def missing_for(marker: str) -> str:
    """Why tests with this marker cannot run here; empty when they can."""
    if marker == "postgres" and connection.vendor != "postgresql":
        return "needs PostgreSQL: DATABASE_URL=postgres://…"
    if marker == "elasticsearch" and not os.environ.get("ELASTICSEARCH_URL"):
        return "needs Elasticsearch: ELASTICSEARCH_URL=http://…"
    # A browser that is named must start: then a missing one is a failure.
    if marker == "browser" and "CHROMIUM" not in os.environ and not Path(CHROMIUM).exists():
        return f"needs Chromium: {CHROMIUM}, or CHROMIUM=…"
    return ""


def pytest_configure(config: pytest.Config) -> None:
    """Compile the German texts that tests look for."""
    compile_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what the machine has no server or browser for, and say so."""
    for item in items:
        for marker in ("postgres", "elasticsearch", "browser"):
            reason = missing_for(marker) if item.get_closest_marker(marker) else ""
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))

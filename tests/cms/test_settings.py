"""Production settings start with everything that has no sensible default, or not at all."""

import os
import subprocess
import sys

import pytest

NEEDED = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "example.org",
    "BASE_URL": "https://example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "DEFAULT_FROM_EMAIL": "haeuser@example.org",
}


def load_production(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of their own: they read the environment once."""
    kept = {name: value for name, value in os.environ.items() if name not in NEEDED}
    return subprocess.run(
        [sys.executable, "-c", "import cms.settings.production"],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_what_it_needs():
    found = load_production(NEEDED)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize("name", NEEDED)
def test_production_names_what_is_missing(name):
    found = load_production({key: value for key, value in NEEDED.items() if key != name})
    assert f"ImproperlyConfigured: set {name} to" in found.stderr


def test_empty_value_counts_as_missing():
    assert "set BASE_URL to" in load_production(NEEDED | {"BASE_URL": ""}).stderr

"""The second factor as it is in production: required."""

import pytest


@pytest.fixture
def required(settings) -> None:
    """Roles that need a second factor cannot work without one."""
    settings.SECOND_FACTOR_REQUIRED = True

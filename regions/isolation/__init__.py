"""What keeps a region's things to itself: guards, one for each kind of leak.

A guard is a small function that decides. The places where Wagtail is asked to
heed it are in :mod:`regions.isolation.replacements` and ``regions/wagtail_hooks.py``.
``tests/isolation/test_guards.py`` switches every guard off once and shows that
the matrix of all addresses notices.
"""

from collections.abc import Callable
from typing import TypeVar

Decision = TypeVar("Decision", bound=Callable[..., object])

#: Dotted names of all guards.
GUARDS: list[str] = []


def guard(function: Decision) -> Decision:
    """Enter a deciding function into the list of guards.

    It must be called through its module, so that a test can replace it there.
    """
    GUARDS.append(f"{function.__module__}.{function.__qualname__}")
    return function

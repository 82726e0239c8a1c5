"""The fixed list of guards, and how one is switched off."""

import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

LIST = Path(__file__).with_name("guards.toml")


def replacement(words: str) -> Callable[..., Any]:
    """What stands in the place of a guard.

    Args:
        words: ``true``, ``false``, ``none``, ``empty`` (a list), ``same`` (the first argument),
            ``all MODEL`` (every row), or a number.

    Raises:
        ValueError: it is none of these.
    """
    kind, _space, path = words.partition(" ")
    if kind == "same":
        return lambda first, *args, **kwargs: first
    if kind == "all":
        module, _dot, name = path.rpartition(".")
        return lambda *args, **kwargs: getattr(import_module(module), name).objects.all()
    values = {"true": True, "false": False, "none": None, "empty": []}
    value = values[kind] if kind in values else int(kind)
    return lambda *args, **kwargs: value


@dataclass(frozen=True)
class Guard:
    """A function that refuses, narrows down or hides something.

    Args:
        function: its dotted path; of a method with the class.
        becomes: what stands in its place, see :func:`replacement`.
        tests: files or folders of which a test has to notice.
    """

    function: str
    becomes: str
    tests: tuple[str, ...]

    @cached_property
    def place(self) -> tuple[Any, str]:
        """The module or class it stands in, and its name there.

        Raises:
            AttributeError: it is gone.
            ImportError: its module is.
        """
        above, _dot, name = self.function.rpartition(".")
        module, _dot, last = above.rpartition(".")
        owner = getattr(import_module(module), last) if last[:1].isupper() else import_module(above)
        getattr(owner, name)
        return owner, name


def guards() -> Iterator[Guard]:
    """All of the list."""
    for entry in tomllib.loads(LIST.read_text())["guard"]:
        yield Guard(entry["function"], entry["becomes"], tuple(entry["tests"]))


def switch_off(patch: pytest.MonkeyPatch, function: str, instead: Callable[..., Any]) -> None:
    """Put something else in the place of a guard, wherever it was imported."""
    owner, name = Guard(function, "", ()).place
    original = getattr(owner, name)
    patch.setattr(owner, name, instead)
    for loaded in list(sys.modules.values()):
        if getattr(loaded, name, None) is original:
            patch.setattr(loaded, name, instead)

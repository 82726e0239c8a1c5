"""What a test finds in its database.

A template is built on a copy of its parent, once, and stored; see :mod:`tests.databases.stores`.
"""

import hashlib
import inspect
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.utils import timezone

from scripts.bootstrap import ROOT
from scripts.digest import digest_of

#: Steps of a migration fill tables from files of data, which change while the step does not.
SCHEMA_FILES = ("*/migrations/*.py", "cms/settings/*.py", "[!.]*/**/data/*")
_KINDS = ("py", "csv", "json", "toml", "yaml", "txt", "md", "html", "pdf")
CODE_FILES = (*(f"[!.]*/**/*.{kind}" for kind in _KINDS), "templates/**/*", "locale/**/*.po")
_NO_CODE = ("tests", "bench", "quality", "scripts", "docs", "var")


@cache
def _schema() -> str:
    packages = sorted(path.name for path in Path(django.__file__).parent.parent.glob("*.dist-info"))
    return f"{sys.version} {packages} {digest_of(SCHEMA_FILES, without=_NO_CODE)}"


@cache
def _code() -> str:
    # The day as well: some content is of just now, or of some days ago.
    return f"{_schema()} {digest_of(CODE_FILES, without=_NO_CODE)} {timezone.localdate()}"


@dataclass(frozen=True)
class Template:
    """A database that tests get copies of.

    Args:
        name: lower case letters only.
        build: puts in what the parent does not have. What it returns is given to the tests too
            (:attr:`tests.databases.Databases.content`): dicts, lists, strings, numbers and
            model instances that are saved.
        parent: what it is built upon; ``None`` for a database without tables.
        files: where the content comes from, beside the code and the file of ``build``; paths
            below the project's folder.
        code: gives another value when the template has to be built anew.
    """

    name: str
    build: Callable[[], Any]
    parent: "Template | None" = None
    files: tuple[str, ...] = ()
    code: Callable[[], str] = _code

    @cached_property
    def digest(self) -> str:
        """Says what is stored under this name: another value, another content."""
        own = Path(inspect.getfile(self.build)).resolve().relative_to(ROOT)
        files = digest_of([str(own), *self.files])
        parts = (self.parent and self.parent.digest, self.code(), files)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def migrate() -> None:
    """Everything that ``manage.py migrate`` does."""
    call_command("migrate", verbosity=0)


def build_region() -> None:
    """A region with its house."""
    import_module("tests.databases.regions").region()


def build_other_region() -> None:
    """A second one."""
    import_module("tests.databases.regions").other_region()


SCHEMA = Template("schema", migrate, code=_schema)
#: Migrations have nothing to do any more; what Django makes after them follows the code.
EMPTY = Template("empty", migrate, SCHEMA)
REGION = Template("region", build_region, EMPTY, files=("tests/databases/regions.py",))
REGIONS = Template("regions", build_other_region, REGION, files=("tests/databases/regions.py",))


def template_for(fixtures: Collection[str]) -> Template:
    """The template of a test with these fixtures."""
    from tests.databases.usual import usual_template

    if "other_region" in fixtures:
        return usual_template(REGIONS, fixtures)
    return usual_template(REGION, fixtures) if "region" in fixtures else EMPTY

"""``docs/how-to/add-a-room.md`` is true: whoever follows its steps has a room that works.

The test takes nothing but the document: it writes the files, applies the lines and runs the
commands in a copy of the repository, on a database in which a house exists already.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from tests.test_conventions import ROOT, repository_files

DOCUMENT = ROOT / "docs/how-to/add-a-room.md"
#: A path alone in its line names the file of the blocks below it.
STEP = re.compile(
    r"^`(?P<path>[\w./-]+)`[^\n`]*(?:`[^`\n]*`[^`\n]*)?:$"
    r"|^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
#: Files that a room may change, and no others: "one folder and its own lines".
OWN_LINES = {
    "cms/settings/base.py",
    "pyproject.toml",
    "docs/explanation/rooms.md",
    "locale/de/LC_MESSAGES/django.po",
    "locale/shared_words.txt",
}
#: In the copy, tests use the database that the commands have migrated and provisioned.
CONFTEST = '''
import pytest

@pytest.fixture(scope="session")
def django_db_setup():
    """Nothing to set up."""

@pytest.fixture
def database():
    """The one in DATABASE_URL."""
'''
#: One process for all commands: each would load Django again.
RUNNER = """
import importlib, shlex, subprocess, sys
import pytest
from django.core.management import execute_from_command_line

for line in sys.argv[1:]:
    importlib.invalidate_caches()
    words = shlex.split(line)
    if words[:2] == ["python", "manage.py"]:
        execute_from_command_line(words[1:])
    elif words[:3] == ["python", "-m", "ruff"]:
        subprocess.run([sys.executable, *words[1:]], check=True)
    elif words[:3] == ["python", "-m", "pytest"]:
        sys.exit(pytest.main([*words[3:], "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]))
    else:
        sys.exit(f"What is {line}?")
"""


@dataclass(frozen=True)
class Block:
    """A block of code of the document, and the file that it is about."""

    path: str
    kind: str
    text: str


def blocks() -> Iterator[Block]:
    """All blocks in the order of the document."""
    path = ""
    for found in STEP.finditer(DOCUMENT.read_text(encoding="utf-8")):
        path = found["path"] or path
        if found["kind"]:
            yield Block(path, found["kind"], found["text"])


def patched(before: str, diff: str) -> str:
    """``before`` with the lines of a diff that has no numbers; its context is there once."""
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    assert before.count(old) == 1, f"stands {before.count(old)} times: {old}"
    return before.replace(old, new)


def follow(block: Block, copy: Path) -> None:
    """Do to the copy what a reader does to the repository."""
    target = copy / block.path
    if block.kind == "diff":
        target.write_text(patched(target.read_text(encoding="utf-8"), block.text), "utf-8")
    elif block.kind == "po":
        with target.open("a", encoding="utf-8") as file:
            file.write(f"\n{block.text}")
    else:
        assert not target.exists(), f"{block.path} belongs to another room"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.text, "utf-8")


def run(copy: Path, *command: str) -> str:
    """Run a program in the copy; its output."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "DATABASE_URL": f"sqlite:///{copy / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "PYTHONPATH": "",
        "VAR_DIR": str(copy / "var"),
    }
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the repository, to be thrown away."""
    for path in repository_files():
        (tmp_path / path.parent).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, tmp_path / path)
    return tmp_path


def test_a_room_changes_no_file_of_another() -> None:
    changed = {block.path for block in blocks() if block.kind in ("diff", "po")}
    assert changed == OWN_LINES


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the copy's database is SQLite's")
def test_whoever_follows_the_document_has_a_room(copy: Path, region) -> None:
    (copy / "site.sqlite3").write_bytes(connection.connection.serialize())
    commands: list[str] = []
    for block in blocks():
        if block.kind == "sh":
            commands += block.text.splitlines()
        else:
            follow(block, copy)
    (copy / "tests/guides/conftest.py").write_text(CONFTEST, "utf-8")
    run(copy, sys.executable, "-m", "scripts.compile_messages")

    output = run(copy, sys.executable, "-c", RUNNER, *commands)

    assert "Nation: die Seite „Leitfäden“" in output
    assert f"{region}: die Seite „Leitfäden“" in output
    tests = (copy / "tests/guides/test_guides.py").read_text("utf-8").count("\ndef test_")
    assert f"{tests} passed" in output
    code = ["guides", "demo", "tests/guides/test_guides.py"]
    run(copy, sys.executable, "-m", "ruff", "check", *code)
    run(copy, sys.executable, "-m", "ruff", "format", "--check", *code)
    run(copy, "git", "init", "--quiet")
    run(copy, sys.executable, "-m", "scripts.check_messages")
    run(copy, str(Path(sys.executable).with_name("lint-imports")), "--no-cache")

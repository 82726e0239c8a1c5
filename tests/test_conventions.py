"""Conventions of the whole repository that no linter knows. Each failure lists every offender."""

import re
import subprocess
from functools import cache
from pathlib import Path

import polib
import pytest

from scripts.check_messages import CATALOGUE, problems_of_catalogue

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("cms", "search", "regions", "workflows", "home", "news", "examples", "funding", "checks")
LONGEST_FILE = 450


@cache
def repository_files() -> tuple[Path, ...]:
    """All files of the work tree that git knows or would know, relative to its top."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(Path(name) for name in names.split("\0") if name and (ROOT / name).is_file())


def files(*suffixes: str, under: tuple[str, ...] = ()) -> list[Path]:
    """Files with one of the suffixes, below one of the top folders when these are given."""
    return [
        path
        for path in repository_files()
        if path.suffix in suffixes and (not under or path.parts[0] in under)
    ]


def text(path: Path) -> str:
    """Content of a file of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


def test_no_file_is_longer_than_one_idea() -> None:
    code = [
        path
        for path in files(".py", ".html", ".css", ".js")
        if "migrations" not in path.parts and len(path.parts) > 1
    ]
    lengths = {str(path): len(text(path).splitlines()) for path in code}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_nothing_names_the_machine_it_was_written_on() -> None:
    # Put together here, so that this file does not find itself.
    folders = ["/" + "work/", "/" + "root/", "/opt/" + "wheels", "/tmp" + "/t/"]  # noqa: S108
    hosts = [".".join(name) for name in (("pypi", "org"), ("pythonhosted", "org"))]
    hosts += [".".join(name) for name in (("npmjs", "org"), ("debian", "org"), ("crates", "io"))]
    offenders = []
    for path in repository_files():
        if path.suffix in {".png", ".jpg", ".webp", ".ico", ".woff2", ".pdf", ".heic"}:
            continue
        offenders += [f"{path}: {mark}" for mark in folders + hosts if mark in text(path)]
    assert offenders == []


def test_nothing_is_left_as_filler() -> None:
    filler = re.compile("lorem" + r"\s+ipsum|\b(?:TO" + r"DO|FIX" + r"ME)\b", re.IGNORECASE)
    written = files(".py", ".html", ".css", ".js", ".toml", ".po")
    assert [str(path) for path in written if filler.search(text(path))] == []


@pytest.mark.parametrize("room", [room for room in ROOMS if (ROOT / room).exists()])
def test_a_room_has_one_initial_migration_and_named_steps(room: str) -> None:
    names = sorted(path.stem for path in (ROOT / room / "migrations").glob("[0-9]*.py"))
    assert names[:1] == ["0001_initial"]
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert [name for name in names if re.search(r"_auto_|_merge", name)] == []


def test_translations_are_complete() -> None:
    catalogue = polib.pofile(str(ROOT / CATALOGUE), check_for_duplicates=True)
    assert len(catalogue) > 0
    assert problems_of_catalogue(catalogue) == []


def test_templates_hold_to_the_content_security_policy() -> None:
    """The public CSP has no 'unsafe-inline': a style or script in the page would not run."""
    inline = re.compile(
        r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']"
        r"|<script\b(?![^>]*\bsrc=)(?![^>]*\btype=[\"']application/(?:ld\+)?json)",
        re.IGNORECASE,
    )
    offenders = {
        str(path): match.group(0)
        for path in files(".html", under=("templates", *ROOMS))
        if (match := inline.search(text(path)))
    }
    assert offenders == {}


def test_requirements_are_pinned() -> None:
    requirements = [path for path in files(".txt") if path.name.startswith(("requirements", "con"))]
    lines = [line for path in requirements for line in text(path).splitlines()]
    wanted = re.compile(r"(#|-[rc] |$)|[\w.-]+(\[\w+\])?==[\w.]+$")
    assert [line for line in lines if not wanted.match(line)] == []


def test_links_in_the_documentation_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    offenders = [
        f"{path}: {target}"
        for path in files(".md")
        for target in link.findall(text(path))
        if not (ROOT / path).parent.joinpath(target).exists()
    ]
    assert offenders == []


def test_every_setting_read_from_the_environment_is_documented() -> None:
    reading = re.compile(r"""environ(?:\.get\(|\.setdefault\(|\[)\s*["'](\w+)""")
    code = files(".py", under=("cms", "manage.py", *ROOMS))
    names = {name for path in code for name in reading.findall(text(path))}
    documented = text(Path("docs/reference/settings.md"))
    assert sorted(name for name in names if f"`{name}`" not in documented) == []


def test_every_command_is_documented() -> None:
    commands = {path.stem for path in files(".py") if path.parent.match("management/commands")}
    documented = text(Path("docs/reference/commands.md"))
    missing = [name for name in commands - {"__init__"} if f"`{name}" not in documented]
    assert sorted(missing) == []

"""Conventions of the whole repository that no linter knows. Each failure lists every offender."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import polib
import pytest

from scripts.check_messages import CATALOGUE, problems_of_catalogue
from tests.rooms import LOCAL_APPS, ROOMS

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 450
MOST_LINES_WITH_ANY = 120
BINARY = {".xz", ".png", ".jpg", ".webp", ".ico", ".woff2", ".pdf", ".heic"}


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
        if path.suffix in BINARY:
            continue
        offenders += [f"{path}: {mark}" for mark in folders + hosts if mark in text(path)]
    assert offenders == []


def test_nothing_is_left_as_filler() -> None:
    filler = re.compile("lorem" + r"\s+ipsum|\b(?:TO" + r"DO|FIX" + r"ME)\b", re.IGNORECASE)
    written = files(".py", ".html", ".css", ".js", ".toml", ".po")
    assert [str(path) for path in written if filler.search(text(path))] == []


def test_docstrings_say_more_than_three_words() -> None:
    """A name says as much as three words do: such a docstring says something or goes."""
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    offenders = []
    for path in files(".py"):
        if path.parts[0] == "tests":
            continue
        for node in ast.walk(ast.parse(text(path))):
            said = ast.get_docstring(node) if isinstance(node, documented) else None
            if said is not None and len(re.findall(r"\w[\w'’.-]*", said)) <= 3:
                offenders.append(f"{path}: {getattr(node, 'name', 'module')}: {said}")
    assert offenders == []


def test_every_app_stands_in_the_layers() -> None:
    """import-linter is silent about a package that it is not told of."""
    linter = tomllib.loads(text(Path("pyproject.toml")))["tool"]["importlinter"]
    floors = linter["contracts"][0]["layers"]
    in_layers = [name for floor in floors for name in re.findall(r"\w+", floor)]
    assert set(linter["root_packages"]) == set(LOCAL_APPS)
    assert [name for name in LOCAL_APPS if in_layers.count(name) != 1] == []
    circles = next(found for found in linter["contracts"] if found["type"] == "acyclic_siblings")
    assert set(circles["ancestors"]) == set(LOCAL_APPS)


def test_every_package_of_models_is_an_app() -> None:
    """A room that is not installed would be seen by no test at all."""
    packages = {path.parts[0] for path in files(".py") if path.name == "apps.py"}
    assert sorted(packages - set(LOCAL_APPS) - {"tests"}) == []


def test_every_app_has_its_line_in_the_overview_of_rooms() -> None:
    overview = text(Path("docs/explanation/rooms.md"))
    assert [name for name in LOCAL_APPS if f"| `{name}` |" not in overview] == []


def test_the_foundation_has_few_modules_on_top() -> None:
    """What has a subject stands in its folder (docs/adr/0016-folders.md)."""
    on_top = [path.stem for path in files(".py", under=("cms",)) if len(path.parts) == 2]
    assert len(on_top) - len({"__init__"}) <= 18, sorted(on_top)


def test_few_lines_give_up_on_types() -> None:
    # What mypy cannot know is rare: JSON, rows of queries, contexts of templates. More would say
    # that annotations are written to quiet it; CONTRIBUTING.md says what stands there instead.
    code = [line for path in files(".py", under=LOCAL_APPS) for line in text(path).splitlines()]
    lines = [line for line in code if re.search(r"\bAny\b", line) and "import" not in line]
    assert len(lines) <= MOST_LINES_WITH_ANY, lines


def test_no_migration_provisions() -> None:
    """Provisioning works with the models of today, not with those of a migration.

    As soon as a later migration adds a column, no fresh database could be built any more.
    """
    migrations = [path for path in files(".py") if "migrations" in path.parts]
    assert [str(path) for path in migrations if "provision" in text(path)] == []


@pytest.mark.parametrize("room", ROOMS)
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


def written_here() -> list[Path]:
    """Everything people wrote for this repository: code, templates, documentation, data."""
    return [path for path in repository_files() if path.suffix not in BINARY | {".svg", ".csv"}]


def test_nothing_is_cited_that_stands_outside_of_the_repository() -> None:
    # Put together here, so that this file does not find itself.
    outside = re.compile(
        r"\b(?:desi" + r"gn|BRI" + r"EF)\.md\b"
        r"|\bdesi" + r"gn,? (?:section|decision|§) ?\d"
        r"|\bshar" + r"ed/(?:cases|domain|data|hooks)\b"
        r"|\b[Ii]ss" + r"ues? #?\d"
        r"|\bF" + r"-[A-Z]{2,}\b"
        r"|\b(?:[Tt]he|[Ii]n|[Oo]f|[Ss]ee|[Ff]ixes|[Cc]loses|GH)[ -]#\d+\b"
        r"|[(\[]#\d+[)\]]"
    )
    offenders = [
        f"{path}: {match.group(0)}"
        for path in written_here()
        for match in outside.finditer(text(path))
    ]
    assert offenders == []


REQUIREMENTS = Path("docs/explanation/requirements.md")
#: A requirement as code and documentation cite it: “F2: every offer names a human contact”.
CITED = re.compile(r"(?<![%\w#])F(\d{1,2})\b(: \w)?")


def test_all_requirements_are_listed_once_and_in_order() -> None:
    numbers = re.findall(r"^\| F(\d+) \|", text(REQUIREMENTS), re.MULTILINE)
    assert numbers == [str(number) for number in range(1, 86)]


def test_requirements_are_served_by_rooms_that_exist() -> None:
    rows = re.findall(r"^\| F\d+ \|.*\| ([^|]+) \|$", text(REQUIREMENTS), re.MULTILINE)
    assert len(rows) == 85
    assert [row for row in rows if row.startswith("not yet") and row != "not yet"] == []
    rooms = {room for row in rows for room in re.findall(r"`(\w+)`", row)}
    assert sorted(room for room in rooms if not (ROOT / room / "__init__.py").exists()) == []


def test_requirements_are_cited_by_a_number_that_exists_and_in_words() -> None:
    cited = [
        (f"{path}: {match.group(0)}", int(match.group(1)), match.group(2))
        for path in written_here()
        if path != REQUIREMENTS and path != Path("tests/test_conventions.py")
        for match in CITED.finditer(text(path))
    ]
    assert [place for place, number, words in cited if not words or not 1 <= number <= 85] == []


def test_names_point_to_modules_that_exist() -> None:
    table = text(Path("docs/reference/naming.md"))
    rows = re.findall(r"^\| (?!idea|---)(.+) \| (.+) \| (.+) \|$", table, re.MULTILINE)
    assert len(rows) >= 60
    assert [idea for idea, _, where in rows if not re.search(r"`[\w/]+\.py`", where)] == []
    paths = [path for _, _, where in rows for path in re.findall(r"`([^`]+)`", where)]
    assert [path for path in paths if not (ROOT / path).is_file()] == []


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


# What a Django developer greps for. Not all of it exists here, and not all of it shall.
STANDARD_TERMS = (
    *("spell", "suggest", "synonym", "history", "rendition", "thumbnail", "breadcrumb", "menu"),
    *("spam", "honeypot", "glossary", "annotat", "approval", "email", "totp", "mfa", "throttl"),
    *("ratelimit", "csp", "security", "redirect", "cron", "job", "queue", "outbox", "index"),
    *("tenant", "prefetch", "gdpr", "vocabulary", "geocod", "postcode", "styleguide", "cache"),
    *("compress", "health", "audit"),
)
FEWEST_TERMS_FOUND = 26


def test_modules_are_named_by_the_standard_terms() -> None:
    paths = [str(path) for path in files(".py", under=ROOMS) if "migrations" not in path.parts]
    found = [term for term in STANDARD_TERMS if any(term in path for path in paths)]
    assert len(found) >= FEWEST_TERMS_FOUND, sorted(set(STANDARD_TERMS) - set(found))


def test_tables_with_buttons_are_stacked_on_a_phone() -> None:
    """Otherwise the column of the buttons lies beyond the edge of the screen."""
    offenders = [
        str(path)
        for path in files(".html", under=("templates",))
        for table in re.findall(r"<table.*?</table>", text(path), re.DOTALL)
        if "<button" in table and "stacked" not in table.partition(">")[0]
    ]
    assert offenders == []

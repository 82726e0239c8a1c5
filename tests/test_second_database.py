"""No code that depends on the database goes untested with the second one."""

from pathlib import Path

from scripts.bootstrap import ROOT
from tests.rooms import LOCAL_APPS
from tests.second_database import SECOND_DATABASE, SIGNS, is_selected


def with_signs(folder: str, pattern: str) -> list[Path]:
    """Files below a folder that say something to the database in words of their own."""
    return [
        path.relative_to(ROOT)
        for path in sorted((ROOT / folder).rglob(pattern))
        if "migrations" not in path.parts and SIGNS.search(path.read_text(encoding="utf-8"))
    ]


def is_mirrored(module: Path) -> bool:
    """Whether the list has the tests of a module: its file of tests, or some of its folder's."""
    folder = next(place for above in module.parents if (ROOT / (place := "tests" / above)).is_dir())
    own = folder / f"test_{module.stem}.py"
    if (ROOT / own).exists():
        return is_selected(own)
    return is_selected(folder) or any(Path(place).parent == folder for place in SECOND_DATABASE)


def test_every_place_exists() -> None:
    assert [place for place in SECOND_DATABASE if not (ROOT / place).exists()] == []


def test_code_that_depends_on_the_database_is_tested_with_both() -> None:
    modules = [path for room in LOCAL_APPS for path in with_signs(room, "*.py")]
    assert len(modules) > 20
    assert [str(path) for path in modules if not is_mirrored(path)] == []


def test_tests_that_depend_on_the_database_run_with_both() -> None:
    found = [
        str(path)
        for path in with_signs("tests", "test_*.py")
        # Walks run once, with the second database.
        if not is_selected(path) and path.parts[1] != "browser"
    ]
    assert found == []


def test_walks_in_a_browser_stand_in_their_folder() -> None:
    """``.ci/run`` looks for them nowhere else."""
    marked = [path for path in (ROOT / "tests").rglob("*.py") if "mark.browser" in path.read_text()]
    folder = ROOT / "tests/browser"
    found = {str(path) for path in marked if not path.is_relative_to(folder)}
    assert found == {str(Path(__file__))}

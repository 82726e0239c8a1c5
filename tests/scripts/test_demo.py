"""When the demo keeps its data and when it says that it builds anew."""

import json
from pathlib import Path

import pytest

from scripts import demo

KEPT = {"migrations": "m1", "dependencies": "d1"}


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A demo folder without a database; the list gets the management commands that are run."""
    run: list[str] = []
    monkeypatch.setattr(demo, "VAR", tmp_path)
    for name, file in [("DATABASE", "demo.sqlite3"), ("STAMP", "demo.json")]:
        monkeypatch.setattr(demo, name, tmp_path / file)
    monkeypatch.setattr(demo, "LOGINS", tmp_path / "logins.txt")
    monkeypatch.setattr(demo, "MEDIA", tmp_path / "media")
    monkeypatch.setattr(demo, "migration_digest", lambda: "m1")
    monkeypatch.setattr(demo, "dependency_digest", lambda: "d1")

    def manage(python: Path, environment: dict[str, str], *words: str) -> str:
        run.append(words[0])
        return f"{words[0]}: lead@example.org"

    monkeypatch.setattr(demo, "manage", manage)
    return run


def built(stamp: dict[str, str] | None) -> None:
    demo.DATABASE.write_text("data")
    if stamp is not None:
        demo.STAMP.write_text(json.dumps(stamp))


def prepare(*, reset: bool = False) -> None:
    demo.prepare(Path("python"), {}, reset=reset)


def test_the_first_run_builds(commands: list[str]) -> None:
    prepare()
    assert commands == ["migrate", "build_demo"]
    assert json.loads(demo.STAMP.read_text()) == KEPT


def test_the_log_ins_are_kept_for_the_next_run(
    commands: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    prepare()
    demo.announce(8000)
    assert "build_demo: lead@example.org" in capsys.readouterr().out


def test_a_second_run_touches_nothing(commands: list[str]) -> None:
    built(KEPT)
    prepare()
    assert commands == []
    assert demo.DATABASE.read_text() == "data"


def test_other_dependencies_keep_the_data(commands: list[str]) -> None:
    built(KEPT | {"dependencies": "d0"})
    prepare()
    assert commands == ["migrate"]
    assert demo.DATABASE.exists()


@pytest.mark.parametrize(
    ("stamp", "reset", "says"),
    [
        (KEPT | {"migrations": "m0"}, False, "migrations have changed"),
        (None, False, "not finished"),
        (KEPT, True, "thrown away"),
    ],
)
def test_it_says_why_it_starts_over(
    commands: list[str],
    capsys: pytest.CaptureFixture[str],
    stamp: dict[str, str] | None,
    reset: bool,
    says: str,
) -> None:
    built(stamp)
    prepare(reset=reset)
    assert says in capsys.readouterr().out
    assert commands == ["migrate", "build_demo"]
    assert not demo.DATABASE.exists()


def test_the_callers_database_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody/else")
    assert demo.demo_environment(8000)["DATABASE_URL"] == f"sqlite:///{demo.DATABASE}"

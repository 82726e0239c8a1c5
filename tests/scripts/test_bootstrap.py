"""When the environment is made, renewed, and left alone."""

import subprocess
from pathlib import Path

import pytest

from scripts import bootstrap


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with requirement files and an environment with a Python, but no stamp."""
    for name in bootstrap.DEVELOP:
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "_version", lambda program: (3, 11))
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    return tmp_path / ".venv"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requirement files that pip was asked to install, in order."""
    names: list[str] = []

    def run(command: list[str], **kwargs: object) -> subprocess.CompletedProcess[str]:
        names.append(command[-1])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return names


def test_both_requirement_files_are_installed(venv: Path, installed: list[str]) -> None:
    bootstrap.ensure(venv=venv)
    assert installed == ["requirements.txt", "requirements-nodeps.txt"]


def test_a_second_run_installs_nothing(venv: Path, installed: list[str]) -> None:
    bootstrap.ensure(venv=venv)
    installed.clear()
    bootstrap.ensure(venv=venv)
    assert installed == []


def test_an_environment_with_tools_will_do_for_the_demo(venv: Path, installed: list[str]) -> None:
    bootstrap.ensure(venv=venv, develop=True)
    installed.clear()
    bootstrap.ensure(venv=venv)
    assert installed == []


def test_a_changed_requirement_is_installed(venv: Path, installed: list[str]) -> None:
    bootstrap.ensure(venv=venv)
    installed.clear()
    (bootstrap.ROOT / "constraints.txt").write_text("other")
    bootstrap.ensure(venv=venv)
    assert installed != []


def test_what_wins_over_the_pins_comes_last(venv: Path, installed: list[str]) -> None:
    bootstrap.ensure(venv=venv, develop=True, extra=["Django>=6.1"])
    assert installed[-1] == "Django>=6.1"


def test_a_failed_installation_is_tried_again(
    venv: Path, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.ensure(venv=venv)
    (bootstrap.ROOT / "requirements.txt").write_text("other")
    succeeds = subprocess.run
    monkeypatch.setattr(
        subprocess, "run", lambda command, **kwargs: subprocess.CompletedProcess(command, 1)
    )
    with pytest.raises(bootstrap.BootstrapError, match="failed"):
        bootstrap.ensure(venv=venv)
    installed.clear()
    monkeypatch.setattr(subprocess, "run", succeeds)
    bootstrap.ensure(venv=venv)
    assert installed != []


def test_a_machine_without_a_new_enough_python_is_told_so(venv: Path) -> None:
    with pytest.raises(bootstrap.BootstrapError, match=r"No Python 99\.0 or newer"):
        bootstrap.find_python((99, 0))

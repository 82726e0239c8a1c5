"""Periodic work: when due, by one process, and a failure stops nothing else."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.jobs import registry
from cms.models import PeriodicRun

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def work(monkeypatch):
    """A registry of its own; gives the list of what ran."""
    monkeypatch.setattr(registry, "_registry", {})
    ran: list[str] = []

    def first() -> str:
        ran.append("erstes")
        return "3 erledigt"

    registry.register("erstes", 10 * MINUTE, first)
    return ran


def run(at: datetime.datetime | None = None) -> list[tuple[str, bool, str]]:
    return list(registry.run_due(at))


def test_runs_when_it_never_ran(work):
    assert run() == [("erstes", True, "3 erledigt")]


def test_does_not_run_again_before_it_is_due(work):
    run()
    assert run(timezone.now() + 9 * MINUTE) == []


def test_runs_again_when_it_is_due(work):
    run()
    run(timezone.now() + 11 * MINUTE)
    assert work == ["erstes", "erstes"]


def test_work_goes_on_after_the_clock_was_set_back(work):
    run(timezone.now() + HOUR)
    run()
    assert work == ["erstes", "erstes"]
    assert run(timezone.now() + 9 * MINUTE) == []


def test_work_during_which_the_clock_was_set_back_was_not_killed(work):
    run(timezone.now() + HOUR)
    row = PeriodicRun.objects.get(name="erstes")
    assert str(row.state) == "gelungen"


def test_lock_of_a_process_killed_before_the_clock_was_set_back_is_broken(work):
    started(-HOUR, alive_at=timezone.now() + HOUR)
    run()
    assert work == ["erstes"]


def test_outcome_is_on_record(work):
    run()
    row = PeriodicRun.objects.get(name="erstes")
    assert (row.ok, row.outcome) == (True, "3 erledigt")
    assert row.finished_at >= row.started_at


def started(ago: datetime.timedelta, **fields: object) -> PeriodicRun:
    """A run that has started and not ended."""
    return PeriodicRun.objects.create(name="erstes", started_at=timezone.now() - ago, **fields)


def test_does_not_run_while_it_runs(work):
    started(10 * MINUTE, alive_at=timezone.now() - MINUTE / 2)
    assert run() == []


def test_lock_of_a_killed_process_is_broken_within_a_minute(work):
    started(MINUTE)
    run()
    assert work == ["erstes"]


def test_lock_of_work_killed_after_a_while_is_broken_too(work):
    started(10 * MINUTE, alive_at=timezone.now() - MINUTE)
    run()
    assert work == ["erstes"]


def test_rare_work_that_was_killed_does_not_wait_for_its_turn(work):
    ran = []
    registry.register("erstes", 24 * HOUR, lambda: ran.append(1) or "gelungen")
    started(2 * HOUR)
    run()
    assert ran == [1]


def test_running_again_after_a_former_run_is_locked_too(work):
    started(MINUTE / 2, finished_at=timezone.now() - 40 * MINUTE)
    assert run() == []


def test_work_says_that_it_lives(work, monkeypatch):
    """The thread that says so is asked once, in ours: the test's transaction is closed to it."""
    beats: list[object] = []

    class Once:
        def __init__(self, target, daemon):
            self.start = target
            self.join = lambda timeout: None

    monkeypatch.setattr(registry, "Thread", Once)
    monkeypatch.setattr(registry.connection, "close", lambda: None)
    monkeypatch.setattr(
        registry.Event, "wait", lambda self, seconds: beats.append(seconds) or len(beats) > 1
    )
    before = started(MINUTE)
    registry._run(registry.registered()[0])
    assert PeriodicRun.objects.get(pk=before.pk).alive_at > before.started_at
    assert beats[0] < 45


def test_a_killed_process_stays_on_record(work):
    died = timezone.now() - 10 * MINUTE
    started(20 * MINUTE, alive_at=died)
    run()
    row = PeriodicRun.objects.get(name="erstes")
    assert (row.died_at, row.ok, row.outcome) == (died, True, "3 erledigt")


@pytest.mark.parametrize(
    "fields, state",
    [
        ({}, "läuft"),
        ({"alive_at": timezone.now() - HOUR}, "abgebrochen"),
        ({"finished_at": timezone.now() + HOUR}, "gelungen"),
        ({"finished_at": timezone.now() + HOUR, "ok": False}, "gescheitert"),
    ],
)
def test_list_of_the_admin_shows_how_work_ended(work, administrator, sign_in, fields, state):
    PeriodicRun.objects.all().delete()
    started(datetime.timedelta(0), **fields)
    text = sign_in(administrator).get(reverse("periodic_work:index")).content.decode()
    assert state in text


def test_failure_is_recorded_and_stops_nothing(work):
    def broken() -> str:
        raise ValueError("nicht möglich")

    registry.register("anderes", MINUTE, broken)
    outcomes = run()
    assert [(name, ok) for name, ok, _ in outcomes] == [("anderes", False), ("erstes", True)]
    row = PeriodicRun.objects.get(name="anderes")
    assert (row.ok, row.outcome) == (False, "ValueError: nicht möglich")


def test_failed_work_is_tried_again_when_due(work):
    calls = []

    def broken() -> str:
        calls.append(1)
        raise ValueError

    registry.register("anderes", MINUTE, broken)
    run()
    run(timezone.now() + 2 * MINUTE)
    assert len(calls) == 2


def test_second_registration_replaces_the_first(work):
    registry.register("erstes", MINUTE, lambda: "neu")
    assert run() == [("erstes", True, "neu")]


def test_command_reports_failures_only(work, capsys):
    def broken() -> str:
        raise ValueError("nicht möglich")

    registry.register("anderes", MINUTE, broken)
    call_command("run_due")
    assert capsys.readouterr().out == "anderes: ValueError: nicht möglich\n"


def test_rooms_have_registered_their_work():
    names = {work.name for work in registry.registered()}
    assert {"mails", "sessions", "scheduled publishing"} <= names


def test_administrators_read_the_label(work):
    registry.register("erstes", MINUTE, lambda: "", "Etwas Erstes")
    assert registry.label_of("erstes") == "Etwas Erstes"


@pytest.mark.parametrize("name", ["erstes", "gibt es nicht mehr"])
def test_work_without_a_label_goes_by_its_name(work, name):
    assert registry.label_of(name) == name


def test_list_of_the_admin_shows_labels(work, administrator, sign_in):
    registry.register("erstes", MINUTE, lambda: "3 erledigt", "Etwas Erstes")
    run()
    text = sign_in(administrator).get(reverse("periodic_work:index")).content.decode()
    assert "Etwas Erstes" in text
    assert "3 erledigt" in text


def test_all_work_has_a_label():
    assert [work.name for work in registry.registered() if not work.label] == []

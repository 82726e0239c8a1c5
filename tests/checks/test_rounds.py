"""Once more after months: the same link, the answers before stay, then and now side by side."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from checks.definition import Definition, Item, Section
from checks.filling import runs
from checks.models import CheckRun, EarlierRound, Measure
from checks.results.comparison import compare
from checks.retention import delete_old
from demo.review import publish

ITEM = Item("a", "need", "Läuft A?", advice="Rat A")


def questions(*items: Item) -> Definition:
    return Definition((Section("s", "Menschen", "", items),))


def test_the_same_question_is_compared_in_words():
    found = compare(questions(ITEM), {"a": "rot"}, questions(ITEM), {"a": "gruen"})
    (pair,) = found.sections[0][1]
    assert (pair.then.key, pair.now.key, pair.has_changed) == ("rot", "gruen", True)
    assert (found.changed, found.left_out) == (1, 0)


@pytest.mark.parametrize("today", [replace(ITEM, meaning=2), replace(ITEM, clean_name="b")])
def test_what_means_something_else_is_left_out(today):
    found = compare(questions(ITEM), {"a": "rot"}, questions(today), {today.clean_name: "rot"})
    assert (found.sections, found.left_out) == ((), 1)


def test_a_reworded_question_stays_comparable():
    reworded = replace(ITEM, label="Läuft A gut?")
    assert compare(questions(ITEM), {}, questions(reworded), {}).left_out == 0


@pytest.fixture
def finished(begun, send):
    """The address of a run that is finished."""
    send(f"{begun}abschnitt/2/", {"frage-z1": "gelb"})
    return begun


@pytest.mark.django_db
def test_another_round_keeps_link_plan_and_answers(client, send, finished):
    run = CheckRun.objects.get()
    Measure.objects.create(run=run, text="Schritt")
    answer = send(f"{finished}neu-beginnen/")
    assert answer["Location"] == finished
    run.refresh_from_db()
    assert (run.answers, run.finished_at, run.measures.count()) == ({}, None, 1)
    assert EarlierRound.objects.get().answers == {"g1": "gruen", "g2": "rot", "z1": "gelb"}


@pytest.mark.django_db
def test_begun_anew_twice_it_is_one_round(client, send, finished):
    page = client.get(f"{finished}neu-beginnen/").content.decode()
    for _time in range(2):
        send(f"{finished}neu-beginnen/", page=page)
    assert EarlierRound.objects.count() == 1


@pytest.mark.django_db
def test_an_unfinished_check_is_not_begun_anew(send, begun):
    send(f"{begun}neu-beginnen/")
    assert not EarlierRound.objects.exists()


@pytest.mark.django_db
def test_a_window_of_the_round_before_changes_nothing_unasked(client, send, finished):
    page = client.get(f"{finished}abschnitt/1/").content.decode()
    send(f"{finished}neu-beginnen/")
    again = send(f"{finished}abschnitt/1/", {"frage-g1": "rot"}, page=page).content.decode()
    assert "neu begonnen" in again
    assert CheckRun.objects.get().answers == {}
    send(f"{finished}abschnitt/1/", {"frage-g1": "rot"}, page=again)
    assert CheckRun.objects.get().answers == {"g1": "rot"}


@pytest.mark.django_db
def test_another_round_has_the_questions_of_today(finished, check, national_editor):
    check.form_fields.set([row for row in check.form_fields.all() if row.clean_name != "g1"])
    check.save_revision(user=national_editor)
    publish(check, national_editor)
    run = runs.begin_anew(CheckRun.objects.get())
    assert run.version == check.current_version()
    assert "g1" not in {item.clean_name for item in run.definition.items()}


@pytest.mark.django_db
def test_then_and_now_stand_side_by_side(client, send, finished):
    send(f"{finished}neu-beginnen/")
    send(f"{finished}abschnitt/1/", {"frage-g1": "gruen", "frage-g2": "gruen"})
    page = client.get(f"{finished}vergleich/").content.decode()
    assert "Dringender Handlungsbedarf" in page
    assert "1 Antwort hat sich geändert" in page


@pytest.mark.django_db
def test_without_an_earlier_round_there_is_nothing_to_compare(client, begun):
    assert client.get(f"{begun}vergleich/")["Location"] == f"{begun}ergebnis/"


@pytest.mark.django_db
def test_only_some_rounds_are_kept(finished, monkeypatch):
    monkeypatch.setattr(runs, "MOST_ROUNDS", 2)
    for _round in range(4):
        run = runs.begin_anew(CheckRun.objects.get())
        runs.finish(run)
    assert EarlierRound.objects.count() == 2


@pytest.mark.django_db
def test_a_round_that_is_not_finished_does_not_shorten_what_was_kept(finished):
    runs.begin_anew(CheckRun.objects.get())
    delete_old(timezone.now() + datetime.timedelta(days=100))
    assert CheckRun.objects.exists()
    told = delete_old(timezone.now() + datetime.timedelta(days=800))
    assert not CheckRun.objects.exists()
    assert told.startswith("1 fertige")

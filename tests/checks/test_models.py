"""Versions, retention, and who may read what."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import ReferenceIndex

from checks.models import CheckItem, CheckRun, CheckVersion
from checks.retention import delete_old, deleted_on
from demo.builders.checks import build_check, build_run
from demo.review import publish

pytestmark = pytest.mark.django_db


def test_publishing_freezes_a_version(check):
    version = CheckVersion.objects.get()
    assert [item.clean_name for item in version.definition.items()] == [
        "g1",
        "g2",
        "z1",
        "bemerkung",
    ]


def test_publishing_the_same_questions_makes_no_other_version(check, national_editor):
    check.summary = "Anders zusammengefasst."
    check.save_revision(user=national_editor)
    publish(check, national_editor)
    assert CheckVersion.objects.count() == 1


def test_a_draft_freezes_nothing(national_editor):
    build_check(user=national_editor)
    assert not CheckVersion.objects.exists()


def test_runs_keep_their_questions(check, national_editor):
    run = build_run(check)
    check.form_fields.set([row for row in check.form_fields.all() if row.clean_name != "g1"])
    check.save_revision(user=national_editor)
    publish(check, national_editor)
    run.refresh_from_db()
    assert "g1" in {item.clean_name for item in run.definition.items()}
    assert check.current_version().number == 2


def test_runs_outlive_their_page(check):
    run = build_run(check)
    check.delete()
    run.refresh_from_db()
    assert run.version.page is None


def test_a_question_made_in_the_editor_has_an_identifier_at_once():
    assert CheckItem().clean_name
    assert CheckItem().clean_name != CheckItem().clean_name


# Retention


@pytest.mark.parametrize(
    "days, is_finished, is_kept",
    [(89, False, True), (91, False, False), (729, True, True), (731, True, False)],
)
def test_runs_are_deleted_after_their_time(check, days, is_finished, is_kept):
    used = timezone.now() - datetime.timedelta(days=days)
    build_run(check, last_used_at=used, finished_at=used if is_finished else None)
    delete_old()
    assert CheckRun.objects.exists() == is_kept


def test_the_job_says_how_many(check):
    build_run(check, last_used_at=timezone.now() - datetime.timedelta(days=100))
    assert delete_old() == "0 fertige Checks und 1 Entwürfe gelöscht"


def test_the_settings_decide(check, settings):
    settings.CHECK_DRAFT_DAYS = 5
    run = build_run(check)
    assert deleted_on(run) == timezone.localdate() + datetime.timedelta(days=5)


def test_reading_moves_the_day_of_deletion(client, begun, run):
    CheckRun.objects.update(last_used_at=timezone.now() - datetime.timedelta(days=80))
    client.get(f"{begun}ergebnis/")
    run.refresh_from_db()
    assert timezone.now() - run.last_used_at < datetime.timedelta(minutes=5)


# Nobody reads what was not handed over


def test_runs_are_no_submissions_of_wagtails(send, begun):
    send(f"{begun}abschnitt/2/", {"frage-z1": "gelb"})
    assert not FormSubmission.objects.exists()


@pytest.mark.parametrize("who", ["editor", "national_editor", "administrator"])
def test_nobody_gets_a_list_of_submissions(request, sign_in, check, who):
    client = sign_in(request.getfixturevalue(who))
    address = reverse("wagtailforms:list_submissions", args=[check.pk])
    assert client.get(address).status_code != 200


def test_runs_stand_in_no_index_of_references(begun):
    models = ContentType.objects.get_for_models(CheckRun, CheckVersion).values()
    assert not ReferenceIndex.objects.filter(base_content_type__in=models).exists()


def test_a_run_says_nothing_of_its_link(run):
    assert str(run.uuid) not in str(run)


def test_the_link_is_masked_in_the_log(client, run, begun, caplog, settings):
    from cms.delivery.logging_filters import NoSignedLinks

    client.get(reverse("check_run", args=[run.uuid, "a" * 64]))
    (record,) = [line for line in caplog.records if line.name == "django.request"]
    NoSignedLinks().filter(record)
    assert "a" * 64 not in record.getMessage()
    assert str(run.uuid) in record.getMessage()

"""Absences: what can be stated, who can stand in, and that nothing of them stays."""

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import OutgoingMail
from demo.people import build_editor, build_lead
from regions.models import Absence
from regions.people import absences
from regions.people.absence_panel import AbsenceForm
from regions.people.leaving import leave

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def deputy(region):
    """Another lead of the house."""
    return build_lead(region, "vertretung@example.org", first_name="Bodo", last_name="Zweiter")


def form(user: Any, first: Any, last: Any, deputy: Any = None) -> AbsenceForm:
    """The form as ``user`` fills it in."""
    values = {"starts_on": first, "ends_on": last, "deputy": deputy and deputy.pk}
    data = {f"absence-{name}": value or "" for name, value in values.items()}
    return AbsenceForm(data, instance=user, prefix="absence")


@pytest.mark.parametrize(
    "first, last, refusal",
    [
        (TODAY + WEEK, TODAY, "Der letzte Tag liegt vor dem ersten."),
        (TODAY - WEEK, TODAY - WEEK, "Diese Abwesenheit ist schon vorbei."),
        (TODAY, None, "Bitte sagen Sie, wann Ihre Abwesenheit endet."),
        (None, TODAY, "Bitte sagen Sie, wann Ihre Abwesenheit beginnt."),
        (TODAY, TODAY + 60 * WEEK, "Eine Abwesenheit dauert höchstens ein Jahr."),
        ("31.2.2027", TODAY, "Dieses Datum ist nicht zu lesen."),
    ],
)
def test_days_that_make_no_absence_are_refused_and_kept(lead, first, last, refusal) -> None:
    filled = form(lead, first, last)
    assert refusal in str(filled.errors)
    assert filled["ends_on"].value() == (last or "")


def test_deputy_who_is_away_too_is_refused(lead, deputy) -> None:
    absences.state(deputy, TODAY + WEEK, TODAY + WEEK)
    assert "Bodo Zweiter ist in dieser Zeit auch abwesend" in str(
        form(lead, TODAY, TODAY + 2 * WEEK, deputy).errors
    )


def test_only_who_can_do_the_same_in_the_same_house_can_stand_in(
    lead, deputy, editor, other_lead, national_editor
) -> None:
    assert list(absences.possible_deputies(lead)) == [deputy]
    assert set(absences.possible_deputies(editor)) == {lead, deputy}
    for stranger in (other_lead, editor, national_editor, lead):
        assert "kann Sie nicht (mehr) vertreten" in str(form(lead, TODAY, TODAY, stranger).errors)


def test_desk_stands_in_for_the_desk(national_editor, second_national_editor, administrator, lead):
    assert list(absences.possible_deputies(national_editor)) == [second_national_editor]


def test_one_states_it_in_the_account_and_clears_it_there(lead, deputy, sign_in) -> None:
    client, account = sign_in(lead), reverse("wagtailadmin_account")
    typed = {
        "name_email-first_name": "Annette",
        "name_email-last_name": "Leitung",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    absence = {
        "absence-starts_on": (TODAY + WEEK).strftime("%d.%m.%Y"),
        "absence-ends_on": (TODAY + 2 * WEEK).strftime("%d.%m.%Y"),
        "absence-deputy": str(deputy.pk),
    }
    client.post(account, typed | absence)
    stated = Absence.objects.get()
    assert (stated.user, stated.starts_on, stated.deputy) == (lead, TODAY + WEEK, deputy)
    assert "Annette Leitung ist vom" in OutgoingMail.objects.get(recipient=deputy.email).body
    client.post(account, typed)
    assert not Absence.objects.exists()


def test_deputy_is_told_of_other_days_and_of_the_end(lead, deputy) -> None:
    for last in (TODAY + WEEK, TODAY + WEEK, TODAY + 2 * WEEK):
        absences.state(lead, TODAY, last, deputy)
    absences.end(lead)
    subjects = OutgoingMail.objects.order_by("pk").values_list("subject", flat=True)
    assert [subject.partition(":")[0] for subject in subjects] == [
        "Sie sind die Vertretung von Annette Leitung",
        "Andere Tage",
        "Sie sind nicht mehr die Vertretung von Annette Leitung",
    ]


def test_phrase_names_the_deputy_unless_they_are_away_too(lead, deputy) -> None:
    year = TODAY.year
    absence = Absence(user=lead, starts_on=TODAY, ends_on=datetime.date(year, 12, 30))
    assert absence.phrase == "abwesend bis 30. Dezember"
    absence.deputy = deputy
    assert absence.phrase == "abwesend bis 30. Dezember, Vertretung: Bodo Zweiter"
    absences.state(deputy, TODAY, TODAY)
    assert absence.phrase == "abwesend bis 30. Dezember"


def test_who_leaves_stands_in_for_nobody_and_is_away_no_more(region, lead, deputy, sign_in) -> None:
    absences.state(lead, TODAY, TODAY + WEEK, deputy)
    absences.state(deputy, TODAY + 3 * WEEK, TODAY + 4 * WEEK)
    OutgoingMail.objects.all().delete()
    leave(region, deputy, lead, expected_role="lead")
    absence = Absence.objects.get()
    assert (absence.user, absence.deputy) == (lead, None)
    assert "kann Sie nicht mehr vertreten" in OutgoingMail.objects.get(recipient=lead.email).body


def test_lead_who_becomes_an_editor_stands_in_for_no_lead(region, lead, deputy) -> None:
    absences.state(lead, TODAY, TODAY + WEEK, deputy)
    deputy.groups.remove(region.leads_group)
    assert Absence.objects.get().deputy is None


def test_absence_is_deleted_when_it_is_over(lead) -> None:
    Absence.objects.create(user=lead, starts_on=TODAY - WEEK, ends_on=TODAY)
    absences.follow_days()
    assert Absence.objects.exists()
    Absence.objects.update(ends_on=TODAY - datetime.timedelta(days=1))
    absences.follow_days()
    assert not Absence.objects.exists()


def test_colleagues_read_it_in_the_list_of_people(region, lead, deputy, sign_in) -> None:
    editor = build_editor(region, "neue@example.org")
    absences.state(editor, TODAY, TODAY + WEEK, deputy)
    body = sign_in(lead).get(reverse("people", args=[region.slug])).content.decode()
    assert "Vertretung: Bodo Zweiter" in body

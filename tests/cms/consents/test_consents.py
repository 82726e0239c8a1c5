"""People and partners agree before a page that names them is submitted, and can take it back."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.consents.forms import ConsentForm
from cms.consents.retention import KEPT_FOR, delete_hidden
from cms.consents.subjects import Subject, key_of, subjects_of
from cms.models import Consent, CustomImage
from cms.models.consent import Basis
from demo.builders import build_example, build_example_index, build_form
from demo.review import publish
from tests.edit_page import untouched
from workflows.four_eyes import excluded_from

pytestmark = pytest.mark.django_db

QUOTE = [("quote", {"text": "Es hat sich gelohnt.", "who": "Erika Muster"})]


@pytest.fixture
def quoted(news, editor, lead):
    """A draft that quotes somebody."""
    news.body = QUOTE
    news.save_revision(user=editor)
    return news


@pytest.fixture
def save(editor, sign_in):
    """Send the form of a page as it is, with what else was filled in; what was answered."""

    def send(page: Page, who: str = "", user=editor, **typed: str):
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        client = sign_in(user)
        shown = client.get(address)
        data = untouched(shown)
        rows = [*shown.context["form"].consents.rows, shown.context["form"].consents.further]
        row = next((row for row in rows if row.name == who), None)
        named = {row[name].html_name: typed.pop(name) for name in [*typed] if name in row.fields}
        return client.post(address, data | named | typed)

    return send


def submit(save, page: Page, who: str = "", **typed: str):
    return save(page, who, **typed, **{"action-submit": "1"})


def is_submitted(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).specific.current_workflow_state is not None


def test_who_is_quoted_is_asked_for_where_the_page_is_submitted(quoted, save):
    answer = submit(save, quoted)
    assert not is_submitted(quoted)
    assert "Hier werden Menschen oder Partner genannt oder gezeigt" in answer.text
    (row,) = (row for row in answer.context["form"].consents.rows if row.name == "Erika Muster")
    assert list(row.errors) == ["basis"]


def test_agreement_by_mail_needs_its_day_and_who_keeps_it(quoted, save):
    answer = submit(save, quoted, "Erika Muster", basis=Basis.MAIL, kept_by="")
    assert "An welchem Tag wurde eingewilligt?" in answer.text
    assert "Bei wem liegt die E-Mail oder das Papier?" in answer.text
    assert 'value="mail" selected' in answer.text


def test_page_is_submitted_once_consent_is_recorded(quoted, editor, save):
    submit(save, quoted, "Erika Muster", basis=Basis.MAIL, given_on="2026-11-02")
    assert is_submitted(quoted)
    consent = Consent.objects.get()
    assert (consent.name, consent.kept_by) == ("Erika Muster", editor.get_full_name())
    assert (consent.for_name, consent.for_quote, consent.for_picture) == (True, True, False)


def test_a_stated_reason_is_enough(quoted, save):
    submit(save, quoted, "Erika Muster", basis=Basis.PUBLIC_ROLE)
    assert is_submitted(quoted)


def test_drafts_are_saved_without_and_store_what_is_known(quoted, save):
    save(quoted, "Erika Muster", basis=Basis.PAPER)
    assert Consent.objects.get().given_on is None
    save(quoted, "Erika Muster", basis="")
    assert not Consent.objects.exists()


@pytest.mark.parametrize("day", ["2999-01-01", "gestern"])
def test_a_day_that_cannot_be_meant_is_refused_and_loses_nothing(quoted, save, day):
    answer = save(quoted, "Erika Muster", basis=Basis.MAIL, given_on=day, kept_by="Ordner 3")
    assert "stimmt etwas noch nicht" in answer.text
    assert "Ordner 3" in answer.text
    assert not Consent.objects.exists()


def test_a_lead_who_records_a_consent_may_still_approve(quoted, save, lead):
    save(quoted, "Erika Muster", user=lead, basis=Basis.PUBLIC_ROLE)
    assert Consent.objects.get().recorded_by == lead
    assert lead.pk not in excluded_from(Page.objects.get(pk=quoted.pk).specific)


def test_partners_of_an_example_are_asked(
    house, editor, lead, national_editor, second_national_editor, save
):
    publish(build_form(user=national_editor), national_editor)
    example = build_example(
        build_example_index(house), editor, partners=[{"name": "Verein Ems", "side": "zo"}]
    )
    submit(save, example)
    assert not is_submitted(example)
    submit(save, example, "Verein Ems", basis=Basis.PAPER, given_on="2026-11-02")
    assert is_submitted(example)


def test_whoever_withdrew_blocks_the_next_submission(quoted, save):
    save(quoted, "Erika Muster", basis=Basis.MAIL, given_on="2026-11-02")
    answer = submit(save, quoted, "Erika Muster", withdrawn_on="2026-11-03")
    assert not is_submitted(quoted)
    assert "Bitte von der Seite nehmen oder neu fragen" in answer.text


def refusal(change: dict[str, str], withdrawn_on: datetime.date | None = None) -> str:
    """Why the row of somebody who agreed by link cannot be stored; the page quotes them, too."""
    record = Consent(pk=1, name="Erika Muster", for_name=True, basis=Basis.LINK)
    record.given_on, record.withdrawn_on = datetime.date(2026, 11, 2), withdrawn_on
    day = str(withdrawn_on or "")
    stored = {"basis": "link", "given_on": "2026-11-02", "for_name": "on", "withdrawn_on": day}
    subject = Subject(record.name, frozenset({"for_name", "for_quote"}))
    return str(ConsentForm(stored | change, record, subject, name=record.name).errors)


@pytest.mark.parametrize("change", [{"for_quote": "on"}, {"basis": ""}, {"basis": "public_role"}])
def test_nobody_but_themselves_changes_what_they_agreed_to_by_link(change):
    assert "Die Person hat selbst eingewilligt" in refusal(change)


@pytest.mark.parametrize(
    "change",
    [{"withdrawn_on": ""}, {"basis": ""}, {"withdrawn_on": "", "basis": "mail"}, {"for_name": ""}],
)
def test_a_withdrawal_is_not_forgotten(change):
    assert "Ein Widerruf bleibt bestehen" in refusal(change, datetime.date(2026, 11, 5))


def test_another_consent_takes_the_place_of_both():
    mail = {"basis": "mail", "given_on": "2026-11-09", "for_quote": "on"}
    assert not refusal(mail)
    assert not refusal(mail | {"withdrawn_on": ""}, datetime.date(2026, 11, 5))
    assert not refusal({"withdrawn_on": "2026-11-05"})


def test_a_row_that_could_not_be_changed_refuses_no_draft(quoted, editor, sign_in):
    record = Consent.objects.create(
        page_key=quoted.translation_key,
        name="Erika Muster",
        basis=Basis.LINK,
        given_on="2026-11-02",
        for_name=True,
        for_quote=True,
        for_picture=True,
    )
    client, address = sign_in(editor), reverse("wagtailadmin_pages:edit", args=[quoted.pk])
    data = untouched(client.get(address))
    assert not [name for name in data if name.endswith("-basis") and data[name] == "link"]
    Consent.objects.update(for_quote=False)  # as if they were quoted only now
    assert client.post(address, data).status_code == 302
    record.refresh_from_db()
    assert record.for_name
    assert record.basis == Basis.LINK


def test_somebody_else_is_stored_by_a_button_only(quoted, editor, sign_in):
    address = reverse("wagtailadmin_pages:edit", args=[quoted.pk])
    client = sign_in(editor)
    data = untouched(client.get(address)) | {
        "consent-further-name": "Eri",
        "consent-further-basis": Basis.PUBLIC_ROLE,
    }
    client.post(address, data, headers={"Accept": "application/json"})
    assert not Consent.objects.exists()


def test_a_portrait_is_a_picture(house):
    values = {"name": "Selma Aydoğan", "role": "Rat"}
    house.people = [("person", values | {"portrait": CustomImage(title="S.")})]
    subjects = subjects_of(house, house.people_named())
    assert subjects[key_of("Selma Aydoğan")].uses == {"for_name", "for_picture"}


@pytest.fixture
def withdrawn(quoted, editor):
    """Somebody withdrew whom a public page still quotes."""
    page = publish(quoted, editor)
    Consent.objects.create(
        page_key=page.translation_key,
        name="Erika Muster",
        for_name=True,
        basis=Basis.MAIL,
        withdrawn_on=timezone.localdate(),
    )
    return page


def test_a_withdrawal_stands_on_the_start_page_of_its_house_only(
    withdrawn, editor, other_lead, sign_in
):
    home = reverse("wagtailadmin_home")
    assert "Erika Muster: darf dort nicht mehr stehen" in sign_in(editor).get(home).text
    assert "Erika Muster" not in sign_in(other_lead).get(home).text


def test_a_withdrawal_is_said_in_the_editor(withdrawn, editor, sign_in):
    answer = sign_in(editor).get(reverse("wagtailadmin_pages:edit", args=[withdrawn.pk]))
    assert "Das Einverständnis wurde am" in answer.text


def test_a_withdrawal_is_settled_once_no_public_page_names_them(withdrawn, editor, sign_in):
    withdrawn.body = [("paragraph", "<p>Ohne Zitat.</p>")]
    withdrawn.save_revision(user=editor)
    publish(withdrawn, editor)
    assert not Consent.objects.withdrawn().exists()
    withdrawn.body = QUOTE
    withdrawn.save_revision(user=editor)
    publish(withdrawn, editor)
    assert Consent.objects.withdrawn().exists()


def test_visitors_read_nothing_of_it(withdrawn, client):
    Consent.objects.update(kept_by="Ordner im Büro")
    assert "Ordner im Büro" not in client.get(withdrawn.url).text


def test_a_proof_is_kept_while_the_page_is_public_and_a_year_after_it(withdrawn):
    today = timezone.localdate()
    delete_hidden(today + KEPT_FOR * 2)
    assert Consent.objects.exists()
    withdrawn.unpublish()
    delete_hidden(today)
    delete_hidden(today + KEPT_FOR - datetime.timedelta(days=1))
    assert Consent.objects.exists()
    delete_hidden(today + KEPT_FOR)
    assert not Consent.objects.exists()


def test_a_proof_outlives_its_page_which_may_come_back(withdrawn):
    withdrawn.delete()
    assert Consent.objects.exists()

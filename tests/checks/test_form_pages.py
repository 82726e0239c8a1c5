"""Forms that houses make: purpose and period, entries of the owning house only, deleted in time."""

import datetime
import re

import pytest
from django.conf import settings
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from checks.forms import problems_of
from checks.models import FormEntry, FormPage
from checks.models.form_pages import FormPageField
from checks.requests.emails import recipients, tell_later
from checks.requests.forms import EntryForm
from checks.requests.retention import delete_due
from cms.models import OutgoingMail, PublicChange
from cms.spam_protection.honeypot import new_stamp
from demo.builders import house_of_region
from demo.builders.checks import build_form_page
from regions.models import DeletedPage, HousePage, Region

pytestmark = pytest.mark.django_db

ORIGIN = {"origin": "http://testserver"}
SENT = {"feld-name": "Mirko Feldhaus", "feld-tag": "Mo", "feld-frage": ""}


@pytest.fixture
def form_page(house, editor, lead):
    """A public registration of the house; without the review, which is tested for all types."""
    page = build_form_page(house, editor)
    FormPage.objects.filter(pk=page.pk).update(live=True)
    return FormPage.objects.get(pk=page.pk)


@pytest.fixture
def send(client, form_page):
    """Send the form as a browser does."""

    def send(origin=ORIGIN, seconds=60, **changes):
        data = SENT | {"stamp": new_stamp(EntryForm.form_key, seconds)} | changes
        return client.post(f"/formular/{form_page.pk}/", data, headers=origin)

    return send


def test_what_is_sent_is_kept_once_with_its_day_of_deletion(client, send, form_page):
    stamp = new_stamp(EntryForm.form_key, 60)
    answer = send(stamp=stamp)
    assert send(stamp=stamp)["Location"] == answer["Location"]
    entry = FormEntry.objects.get()
    assert entry.form_data == {"name": "Mirko Feldhaus", "tag": "Mo", "frage": ""}
    assert entry.delete_on == form_page.closes_on + datetime.timedelta(days=90)
    assert "Danke, es ist angekommen." in client.get(answer["Location"]).content.decode()
    assert not answer.cookies


def test_the_form_leads_back_to_its_page_and_its_house(client, form_page, house):
    text = client.get(f"/formular/{form_page.pk}/").content.decode()
    crumbs = text.partition('class="breadcrumbs')[2].partition("</nav>")[0]
    assert crumbs.index(f'href="{house.url}"') < crumbs.index(f'href="{form_page.url}"')


def test_the_form_stands_on_pages_of_its_language(client, form_page):
    address = f"/formular/{form_page.pk}/"
    assert client.get(f"/en{address}")["Location"] == address
    links = client.get(address).context["language_links"]
    assert {link["code"] for link in links} == {"de"}


def test_purpose_reader_and_day_of_deletion_stand_above_the_form(client, form_page, house):
    for address in (form_page.url, f"/formular/{form_page.pk}/"):
        page = client.get(address).content.decode()
        assert form_page.purpose in page
        assert house.title in page
        assert "Wir löschen es am" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"feld-name": ""},
        {"feld-tag": "Mittwoch"},
        {"subject_line": "Gewinn"},
        {"seconds": 1},
        {"origin": {}},
        {"feld-frage": "x" * 3000},
    ],
)
def test_with_a_mistake_nothing_is_kept_and_nothing_lost(send, wrong):
    page = send(**{"feld-frage": "Gibt es Kaffee?"} | wrong).content.decode()
    assert not FormEntry.objects.exists()
    assert "Mirko Feldhaus" in page or "feld-name" in wrong
    assert "Gibt es Kaffee?" in page or "feld-frage" in wrong


def test_the_mail_says_that_something_came_to_the_leads_and_not_what(send, lead):
    OutgoingMail.objects.all().delete()
    send()
    send(**{"feld-name": "Zweite"})
    mail = OutgoingMail.objects.get()
    assert mail.recipient == lead.email
    assert "Feldhaus" not in mail.subject + mail.body


def test_after_an_hour_the_next_entry_is_told_though_others_came_before(send, lead):
    OutgoingMail.objects.all().delete()
    send()
    caches["shared"].clear()  # the hour is over
    send(**{"feld-name": "Zweite"})
    assert OutgoingMail.objects.count() == 2


def test_what_came_within_the_hour_is_told_once_it_is_over(send, lead):
    OutgoingMail.objects.all().delete()
    send()
    send(**{"feld-name": "Zweite"})
    tell_later()
    assert OutgoingMail.objects.count() == 1
    caches["shared"].clear()  # the hour is over
    tell_later()
    caches["shared"].clear()
    tell_later()
    assert OutgoingMail.objects.count() == 2


def test_who_has_left_is_told_nothing(form_page, editor, lead):
    form_page.notify = FormPage.Notify.ALL
    assert set(recipients(form_page)) == {editor.email, lead.email}
    lead.groups.clear()
    assert recipients(form_page) == [editor.email]


def test_after_its_last_day_the_form_is_closed(client, send, form_page):
    FormPage.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    assert send().status_code == 410
    assert not FormEntry.objects.exists()


@pytest.mark.parametrize("change", ["closed", "withdrawn"])
def test_what_was_typed_meanwhile_can_be_copied(client, send, form_page, change):
    changes = {
        "closed": {"closes_on": timezone.localdate() - datetime.timedelta(days=1)},
        "withdrawn": {"live": False, "first_published_at": timezone.now()},
    }
    FormPage.objects.update(**changes[change])
    answer = send(**{"feld-frage": "Gibt es\n<b>Parkplätze?"})
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "Haben Sie eine Frage?" in page
    assert "Gibt es<br>&lt;b&gt;Parkplätze?" in page
    assert "Es wurde nicht abgeschickt" in page
    assert not FormEntry.objects.exists()


def test_of_a_form_that_was_never_public_nobody_learns(send, form_page):
    FormPage.objects.update(live=False, first_published_at=None)
    assert send().status_code == 404


def test_what_was_typed_into_a_form_that_is_deleted_meanwhile_can_be_copied(send, form_page):
    form_page.delete()
    answer = send(**{"feld-frage": "Gibt es\n<b>Parkplätze?"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Was Sie eingetragen haben" in page
    assert "Gibt es<br>&lt;b&gt;Parkplätze?" in page
    assert "<blockquote>Mo<" not in page


def test_what_was_sent_before_it_closed_has_arrived(send):
    stamp = new_stamp(EntryForm.form_key, 60)
    answer = send(stamp=stamp)
    FormPage.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    assert send(stamp=stamp)["Location"] == answer["Location"]


def test_browsers_may_offer_the_own_address():
    page = FormPage()
    page.form_fields.set([FormPageField(clean_name="mail", field_type="email", label="E-Mail")])
    assert 'autocomplete="email"' in str(EntryForm(page=page))


def test_with_its_house_a_form_is_closed(client, send, form_page, region):
    Region.objects.filter(pk=region.pk).update(archived_on=timezone.localdate())
    answer = send()
    assert answer.status_code == 410
    for page in (answer, client.get(form_page.url)):
        assert "weil das Haus geschlossen hat" in page.content.decode()


def test_a_form_of_the_desk_is_not_read_by_the_house_one_has_chosen(client, national_editor, house):
    HousePage.objects.update(contact_name="Annette Haus", contact_email="haus@example.org")
    page = build_form_page(user=national_editor)
    FormPage.objects.filter(pk=page.pk).update(live=True)
    text = client.get(f"{page.url}?haus=kreis-steinfurt").content.decode()
    assert "Annette Haus" in text
    readers = text.partition("Wer es liest")[2].partition("</dd>")[0]
    assert house.title not in readers
    assert page.read_by in readers


def test_what_was_sent_goes_to_no_other_house(send, form_page, other_region):
    elsewhere = house_of_region(other_region)
    assert form_page.can_move_to(elsewhere)
    send()
    assert not form_page.can_move_to(elsewhere)


@pytest.mark.parametrize("what", ["form", "house"])
@pytest.mark.parametrize("way", ["single", "bulk"])
def test_a_form_is_not_deleted_with_its_entries(send, form_page, sign_in, administrator, what, way):
    send()
    client = sign_in(administrator)
    page = form_page if what == "form" else form_page.get_parent()
    typed = {"confirm_site_name": settings.WAGTAIL_SITE_NAME}
    if way == "single":
        address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    else:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        address += f"?id={page.pk}&next={reverse('wagtailadmin_home')}"
    said = client.post(address, typed, follow=True).content.decode()
    assert "Nicht gelöscht: Ein Formular hat noch 1 Eintrag" in said
    assert date_format(form_page.deletes_on) in said
    assert FormEntry.objects.count() == 1
    assert not DeletedPage.objects.exists()


def test_a_form_without_entries_is_deleted(form_page, sign_in, administrator):
    address = reverse("wagtailadmin_pages:delete", args=[form_page.pk])
    sign_in(administrator).post(address)
    assert DeletedPage.objects.exists()


def test_a_line_break_is_one_character_and_groups_say_that_they_may_stay_empty(
    client, send, form_page
):
    FormPageField.objects.filter(clean_name="tag").update(required=False)
    send(**{"feld-frage": "Eins\r\nZwei"})
    assert FormEntry.objects.get().form_data["frage"] == "Eins\nZwei"
    text = client.get(f"/formular/{form_page.pk}/").content.decode()
    assert re.search(r"<legend[^>]*>Wann\? <span[^>]*>\(freiwillig\)", text)


def test_what_was_promised_is_deleted_on_its_day(send, form_page):
    send()
    FormPage.objects.update(keep_days=365)
    assert delete_due(form_page.deletes_on - datetime.timedelta(days=1)) == "0 gelöscht"
    assert delete_due(form_page.deletes_on) == "1 gelöscht"


def test_an_entry_makes_no_page_anew(send, form_page):
    before = PublicChange.objects.count()
    send()
    assert PublicChange.objects.count() == before


def test_the_house_reads_and_downloads_it_and_the_desk_does_not(
    client, send, form_page, editor, national_editor
):
    send(**{"feld-name": "=1+1"})
    address = f"/admin/forms/submissions/{form_page.pk}/"
    client.force_login(editor)
    assert "=1+1" in client.get(address).content.decode()
    csv = b"".join(client.get(address + "?export=csv").streaming_content).decode("utf-8-sig")
    assert "'=1+1" in csv
    client.force_login(national_editor)
    assert client.get(address).status_code in (302, 403)


def test_a_choice_without_answers_is_refused():
    assert problems_of({"field_type": "radio", "choices": "nur eine"})


def test_whoever_reviews_sees_the_fields(client, form_page, national_editor):
    client.force_login(national_editor)
    preview = form_page.make_preview_request(client.get("/").wsgi_request, "").content.decode()
    assert re.search(r"Haben Sie eine Frage\? \(Langer Text, freiwillig\)", preview)

"""The public enquiry form: what arrives, what is refused, and that nothing typed is lost."""

import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import OutgoingMail, SiteSettings
from cms.spam_protection.honeypot import age_of, new_stamp
from demo import builders
from demo.review import publish
from regions.archiving import archive
from regions.enquiries.forms import EnquiryForm
from regions.models import Enquiry

pytestmark = pytest.mark.django_db

FORM = "/haeuser/kreis-steinfurt/anfrage/"
THANKS = "/haeuser/kreis-steinfurt/anfrage/danke/"
ORIGIN = "http://testserver"


def stamp(seconds_ago: float = 60) -> str:
    return new_stamp(EnquiryForm.form_key, seconds_ago)


def filled(**changes: str) -> dict[str, str]:
    """What a visitor sends who fills in everything properly."""
    typed = {
        "name": "Mirko Feldhaus",
        "organisation": "TV Ochtrup",
        "side": "zo",
        "email": "mirko@example.org",
        "phone": "0221 4710 231",
        "message": "Wer hilft uns <b>weiter</b>?",
        "consent": "on",
        "subject_line": "",
        "stamp": stamp(),
    }
    if changes.get("stamp") == JUST_NOW:
        changes["stamp"] = stamp(0)
    return typed | changes


@pytest.fixture(autouse=True)
def quiet_cache():
    """Counts of other tests are none of ours."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def send(client, house):
    """Sends the form the way a browser does."""

    def send(address: str = FORM, origin: str | None = ORIGIN, headers=None, **changes: str):
        headers = dict(headers or {}) | ({"origin": origin} if origin else {})
        return client.post(address, filled(**changes), headers=headers)

    return send


@pytest.fixture
def story(example, editor, lead, national_editor):
    """A public example of the house."""
    return publish(example, editor)


@pytest.fixture
def settings_of_desk(db):
    record = SiteSettings.load()
    record.contact_name, record.contact_email = "Johanna Bund", "bund@example.org"
    record.notification_email = "anfragen@example.org"
    record.save()
    return record


# The form


def test_form_of_a_house_is_shown(client, house):
    assert client.get(FORM).status_code == 200


def test_form_sets_no_cookie(client, house, send):
    client.get(FORM)
    send()
    assert client.cookies == {}


def test_form_is_not_for_search_engines(client, house):
    assert '<meta name="robots" content="noindex' in client.get(FORM).content.decode()


def test_form_is_not_kept_in_caches(client, house):
    assert "no-store" in client.get(FORM)["Cache-Control"]


def test_form_needs_no_script(client, house):
    form = client.get(FORM).content.decode().partition("<form class")[2].partition("</form>")[0]
    assert "<script" not in form


def test_form_costs_few_queries(client, story):
    address = f"{FORM}?zu={story.pk}"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) <= 12


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "kreis-steinfurt-2"])
def test_no_form_where_there_is_no_house(client, house, slug):
    assert client.get(f"/haeuser/{slug}/anfrage/").status_code == 404


def test_closed_house_leads_to_the_national_desk(client, region):
    archive(region)
    assert client.get(FORM)["Location"] == "/anfrage/"


def test_house_that_is_not_public_leads_to_the_national_desk(client, house):
    house.unpublish()
    assert client.get(FORM)["Location"] == "/anfrage/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_was_typed_before_the_house_closed_goes_to_the_national_desk(
    send, region, settings_of_desk, prefix
):
    archive(region)
    answer = send(f"{prefix}{FORM}")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Wer hilft uns &lt;b&gt;weiter&lt;/b&gt;?" in page
    assert f'action="{prefix}/anfrage/"' in page
    assert settings_of_desk.contact.organisation in page.partition("</ul>")[0]
    assert not Enquiry.objects.exists()
    assert send(f"{prefix}/anfrage/").status_code == 302


def test_form_exists_in_english(client, house):
    assert client.get(f"/en{FORM}").status_code == 200


# Sending


def test_enquiry_lands_at_the_house(send, region):
    send()
    enquiry = Enquiry.objects.get()
    assert (enquiry.region, enquiry.name, enquiry.status) == (region, "Mirko Feldhaus", "new")


def test_enquiry_without_a_house_lands_at_the_national_desk(send, settings_of_desk):
    send("/anfrage/")
    assert Enquiry.objects.get().region is None


def test_after_sending_one_lands_on_another_page(send):
    response = send()
    assert response.status_code == 302
    assert response["Location"].partition("?")[0] == THANKS


def test_thanks_are_said_after_sending(client, send):
    assert "Ihre Anfrage ist angekommen" in client.get(send()["Location"]).text


@pytest.mark.parametrize("query", ["", "?gesendet=", "?gesendet=:1abc:gefaelscht"])
def test_nobody_is_thanked_who_sent_nothing(client, house, query):
    response = client.get(THANKS + query)
    assert response.status_code == 200
    assert "angekommen" not in response.text


def test_thanks_end_after_a_day(client, send, monkeypatch):
    address, tomorrow = send()["Location"], time.time() + 25 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: tomorrow)
    assert "angekommen" not in client.get(address).text


def test_page_of_thanks_names_the_contact(client, house):
    house.contact_name = "Annette Haus"
    house.save()
    assert "Annette Haus" in client.get(THANKS).content.decode()


def test_moment_of_consent_is_kept(send):
    send()
    enquiry = Enquiry.objects.get()
    assert abs((enquiry.consent_at - enquiry.created_at).total_seconds()) < 5


def test_history_starts_with_the_receipt(send):
    send()
    assert [event.kind for event in Enquiry.objects.get().events.all()] == ["received"]


def test_language_of_the_form_is_kept(send):
    send(f"/en{FORM}")
    assert Enquiry.objects.get().language == "en"


def test_line_break_counts_as_one_character(send):
    send(message="a\r\n" * 900)
    assert len(Enquiry.objects.get().message) == 1799


# What it is about


def test_page_it_is_about_is_kept(send, story):
    send(f"{FORM}?zu={story.pk}")
    enquiry = Enquiry.objects.get()
    assert (enquiry.subject_page_id, enquiry.subject_title) == (story.pk, story.title)


def test_title_outlives_the_page(send, story):
    send(f"{FORM}?zu={story.pk}")
    story.delete()
    enquiry = Enquiry.objects.get()
    assert (enquiry.subject_page_id, enquiry.subject_title) == (None, story.title)


def test_draft_is_not_named(client, example):
    assert example.title not in client.get(f"{FORM}?zu={example.pk}").content.decode()


@pytest.mark.parametrize("typed", ["", "x", "-1", "٣", "9" * 40, "1", "%00"])
def test_nonsense_as_subject_is_ignored(client, house, typed):
    assert client.get(f"{FORM}?zu={typed}").context["subject"] is None


def test_example_and_its_contact_lead_to_the_form_about_it(client, story):
    shown = client.get(story.url).content.decode()
    assert shown.count(f'href="{FORM}?zu={story.pk}"') == 2


def test_national_page_leads_to_the_national_form(
    client, house, national_editor, second_national_editor
):
    page = publish(builders.build_form(user=national_editor), national_editor)
    assert f'href="/anfrage/?zu={page.pk}"' in client.get(page.url).content.decode()


def test_page_of_a_house_leads_to_its_form(client, house):
    assert f'href="{FORM}"' in client.get(house.url).content.decode()


# What is wrong


@pytest.mark.parametrize("name", ["name", "side", "email", "message", "consent"])
def test_missing_field_is_said_at_the_field(send, name):
    response = send(**{name: ""})
    assert list(response.context["form"].errors) == [name]


@pytest.mark.parametrize("name", ["organisation", "phone"])
def test_field_may_be_missing(send, name):
    assert send(**{name: ""}).status_code == 302


@pytest.mark.parametrize(
    "name, typed",
    [
        ("email", "mirko@"),
        ("email", "mirko@example.org\r\nBcc: alle@example.org"),
        ("side", "boss"),
        ("message", "x" * 2001),
        ("name", "x" * 121),
        ("name", "Mir\x00ko"),
    ],
)
def test_bad_input_is_said_at_the_field(send, name, typed):
    response = send(**{name: typed})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [name])


def test_summary_leads_to_the_field(send):
    assert '<a href="#id_email">' in send(email="").content.decode()


def test_error_is_tied_to_its_field(send):
    shown = send(email="").content.decode()
    assert 'id="id_email_error"' in shown
    assert 'aria-invalid="true"' in shown


#: A stamp of the moment in which the form is sent.
JUST_NOW = "just now"
REFUSED = {
    "mistake": {"name": ""},
    "other origin": {"origin": "https://evil.example"},
    "bait": {"subject_line": "http://spam.example"},
    "too fast": {"stamp": JUST_NOW},
    "no stamp": {"stamp": ""},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_nothing_typed_is_lost(send, changes):
    shown = send(**changes).content.decode()
    kept = ["TV Ochtrup", "mirko@example.org", "0221 4710 231", "Wer hilft uns &lt;b&gt;weiter"]
    assert [text for text in kept if text not in shown] == []


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_refused_enquiry_is_not_kept(send, changes):
    send(**changes)
    assert not Enquiry.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("name", ["bait", "no stamp"])
def test_refused_form_can_be_sent_again(send, name):
    form = send(**REFUSED[name]).context["form"]
    assert not form["subject_line"].value()
    assert age_of(form["stamp"].value(), EnquiryForm.form_key) is not None


def test_sixth_enquiry_is_refused_and_stays_in_the_form(send):
    responses = [send(message=f"Wer hilft uns? Frage {n}") for n in range(6)]
    assert [response.status_code for response in responses] == [302] * 5 + [429]
    assert "Wer hilft uns" in responses[-1].content.decode()
    assert Enquiry.objects.count() == 5


# Mails


def test_house_is_told_without_the_text(send, region):
    send()
    mail = OutgoingMail.objects.get(recipient=region.notification_email)
    assert str(Enquiry.objects.get().uuid) in mail.body
    assert "Mirko" not in mail.subject + mail.body
    assert "weiter" not in mail.body


def test_national_desk_is_told(send, settings_of_desk):
    send("/anfrage/")
    assert OutgoingMail.objects.filter(recipient="anfragen@example.org").count() == 1


def test_people_of_the_desk_are_told_where_it_has_no_address(send, national_editor):
    send("/anfrage/")
    assert OutgoingMail.objects.filter(recipient=national_editor.email).count() == 1


def test_confirmation_repeats_nothing_that_was_typed(send):
    send(name="Kaufen Sie hier", organisation="spam.example", message="http://spam.example")
    mail = OutgoingMail.objects.get(recipient="mirko@example.org")
    assert "Kaufen" not in mail.subject + mail.body
    assert "spam" not in mail.subject + mail.body


@pytest.mark.parametrize("name", ["name", "organisation", "message"])
def test_line_breaks_reach_no_header(send, name):
    send(**{name: "x\r\nBcc: alle@example.org"})
    assert not OutgoingMail.objects.filter(subject__contains="Bcc").exists()
    assert all("\n" not in mail.subject for mail in OutgoingMail.objects.all())


def test_a_form_that_was_open_while_the_clock_was_set_back_is_taken(send):
    send(stamp=stamp(seconds_ago=-3600))
    assert Enquiry.objects.count() == 1

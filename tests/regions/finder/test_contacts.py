"""Desk and houses on English pages: in English where editors wrote it, else marked as German."""

import json
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from cms.contact import Contact
from cms.delivery.maintenance_page import maintenance_page
from cms.models import Kreis, OutgoingMail, Place, SiteSettings
from demo import builders
from regions.enquiries.emails import confirm, tell_desk, tell_handover
from regions.enquiries.recipients import national_desk
from regions.finder.houses import Houses
from regions.models import Enquiry, HousePage, RegionKreis
from tests.built import run_on_commit_callbacks
from tests.databases.templates import Template, template_for

pytestmark = pytest.mark.django_db

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ENGLISH_HOUSES = "/en/houses/"
CHOICE = "?haus=kreis-steinfurt"


class Spoken(HTMLParser):
    """What a screen reader says, with the language it says it in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("lang") or self._open[-1][1]))

    def handle_endtag(self, tag):
        while tag not in VOID and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and self._open[-1][0] not in ("title", "script", "style"):
            self.said.append((data.strip(), self._open[-1][1]))

    def languages(self, words: str) -> set[str]:
        """The languages in which texts with these words are said."""
        return {language for text, language in self.said if words in text}


def build_desk() -> SiteSettings:
    """A national desk that has everything in both languages."""
    row = SiteSettings.load()
    row.desk_name, row.desk_name_en = "Bundesweite Anlaufstelle", "National desk"
    row.contact_name, row.contact_email = "Ruth Albers", "kontakt@example.org"
    row.contact_role, row.contact_role_en = "Beraterin", "Adviser"
    row.funder_credit, row.funder_credit_en = "Gefördert vom Bund", "Funded by the state"
    row.save()
    return row


def build_english_pages() -> None:
    """Home page and list of houses in English, and the desk that they name."""
    build_desk()
    builders.national_home()
    home = builders.build_home("en")
    for page in (home, builders.build_house_index(home, title="Houses", slug="houses")):
        page.live = True
        page.save()


@pytest.fixture
def database_template(request) -> Template:
    template = template_for(request.fixturenames)
    if "english_pages" not in request.fixturenames:
        return template
    return Template(f"english{template.name}", build_english_pages, template)


@pytest.fixture
def desk(db) -> SiteSettings:
    return build_desk()


@pytest.fixture
def german_desk(desk) -> SiteSettings:
    """A national desk that nobody has put into English."""
    desk.desk_name_en = desk.contact_role_en = desk.funder_credit_en = ""
    desk.save()
    return desk


@pytest.fixture
def german_house(house):
    """A public house that has no English page."""
    house.contact_name, house.contact_email = "Annette Haus", "haus@example.org"
    house.contact_role, house.live = "Leiterin", True
    house.save()
    return house


@pytest.fixture
def english_pages(desk):
    """What :func:`build_english_pages` has built."""


def get(client, address: str) -> Spoken:
    run_on_commit_callbacks()
    return Spoken(client.get(address).text)


# The national desk


@pytest.mark.parametrize("address", ["/en/", "/en/anfrage/", "/en/anfrage/danke/", "/en/nichts/"])
def test_english_pages_name_the_desk_in_english(client, english_pages, address):
    html = client.get(address).text
    assert "National desk" in html
    assert "Anlaufstelle" not in html
    assert "Beraterin" not in html


def test_english_pages_name_the_funder_in_english(client, english_pages):
    html = client.get("/en/").text
    assert "Funded by the state" in html
    assert "Gefördert vom Bund" not in html


def test_german_pages_name_it_in_german(client, english_pages):
    html = client.get("/").text
    assert "Bundesweite Anlaufstelle" in html
    assert "National desk" not in html
    assert "Adviser" not in html


@pytest.mark.parametrize("address", ["/en/", "/en/anfrage/", "/en/anfrage/danke/", "/en/nichts/"])
@pytest.mark.parametrize("words", ["Bundesweite Anlaufstelle", "Beraterin", "Gefördert vom Bund"])
def test_german_in_place_of_english_says_so(client, german_desk, english_pages, address, words):
    assert get(client, address).languages(words) == {"de"}


@pytest.mark.parametrize("name, text", [("desk_name_en", "Contact"), ("contact_role_en", "Guide")])
def test_change_is_public_at_once(client, english_pages, desk, name, text):
    assert get(client, "/en/").languages(text) == set()
    setattr(desk, name, f"{text} point")
    desk.save()
    assert get(client, "/en/").languages(f"{text} point") == {"en"}


def test_maintenance_page_is_german_whoever_asks(desk):
    with translation.override("en"):
        assert "Bundesweite Anlaufstelle" in maintenance_page()


def test_administrators_find_the_english_fields_in_the_settings(client, administrator, desk):
    client.force_login(administrator)
    address = reverse("wagtailsettings:edit", args=["cms", "sitesettings", desk.pk])
    html = client.get(address).text
    assert "Name der bundesweiten Anlaufstelle (englisch)" in html
    assert "Funktion (englisch)" in html


# Houses


def test_german_house_is_marked_on_english_pages(client, english_pages, german_house):
    page = get(client, f"{ENGLISH_HOUSES}{CHOICE}")
    assert page.languages("Leiterin") == {"de"}
    assert page.languages(german_house.title) == {"de"}


def test_lists_of_a_german_house_are_marked(client, english_pages, german_house):
    builders.build_news_index(german_house)
    assert get(client, f"{ENGLISH_HOUSES}{CHOICE}").languages("Aktuelles") == {"de"}


def test_role_of_a_german_house_can_be_english(client, english_pages, german_house):
    german_house.contact_role_en = "Head of the house"
    german_house.save()
    page = get(client, f"{ENGLISH_HOUSES}{CHOICE}")
    assert page.languages("Head of the house") == {"en"}
    assert page.languages("Leiterin") == set()


def test_form_of_a_german_house_is_marked(client, english_pages, german_house):
    page = get(client, "/en/haeuser/kreis-steinfurt/anfrage/")
    assert page.languages(german_house.title) == {"de"}


def test_thanks_of_a_german_house_are_marked(client, english_pages, german_house):
    page = get(client, "/en/haeuser/kreis-steinfurt/anfrage/danke/")
    assert page.languages(german_house.title) == {"de"}


def test_sentence_with_a_german_house_is_marked(client, english_pages, german_house):
    subject = builders.build_news_index(german_house)
    page = get(client, f"/en/haeuser/kreis-steinfurt/anfrage/?zu={subject.pk}")
    before = next(n for n, (text, _) in enumerate(page.said) if text == "Your message goes to")
    assert page.said[before + 1] == (german_house.title, "de")


@pytest.fixture
def places(region) -> None:
    """A place of the house, and a postal code that lies half in a district of nobody."""
    for code, name in (("05566", "Steinfurt"), ("05515", "Münster")):
        Kreis.objects.create(code=code, name=name, land="NRW", lat=52.0, lon=7.5)
    RegionKreis.objects.create(region=region, kreis_id="05566")
    for plz, kreis in (("48431", "05566"), ("48477", "05566"), ("48477", "05515")):
        Place.objects.create(plz=plz, name="Rheine", kreis_id=kreis, lat=52.2, lon=7.4)


@pytest.mark.parametrize("typed", ["48431", "48477"])
def test_finder_marks_a_german_house(client, english_pages, german_house, places, typed):
    page = get(client, f"{ENGLISH_HOUSES}?ort={typed}")
    assert page.languages(german_house.title) == {"de"}


def test_english_role_is_no_text_to_translate():
    fields = {found.field_name: found for found in get_translatable_fields(HousePage)}
    assert isinstance(fields["contact_role"], TranslatableField)
    assert not fields["contact_role_en"].is_overridable(HousePage())


def test_nothing_is_marked_on_german_pages(client, english_pages, german_house):
    html = client.get(f"/haeuser/{CHOICE}").text
    assert html.count(' lang="de"') == 1  # of the document itself


@pytest.fixture
def english_house(german_house):
    """The house in English, with a role of its own."""
    english = Locale.objects.get(language_code="en")
    page = german_house.copy_for_translation(english, copy_parents=True)
    page.title, page.contact_role, page.live = "House of Cooperation", "Director", True
    page.contact_role_en = "Head"
    page.save()
    return page


@pytest.mark.parametrize("own, expected", [("Director", "Director"), ("", "Head")])
def test_translated_house_has_a_role_of_its_own(english_pages, english_house, own, expected):
    english_house.contact_role = own
    with translation.override("en"):
        contact = english_house.contact
    assert (contact.role, contact.role_language) == (expected, "")


def test_finder_takes_the_translated_house(english_pages, english_house):
    with translation.override("en"):
        (found,) = Houses(None, "en").all
    assert (found.title, found.language) == ("House of Cooperation", "")
    assert found.contact.organisation_language == ""


def test_programs_are_told_no_role_in_another_language(english_pages, german_house):
    with translation.override("en"):
        data = json.dumps(contact_data(german_house))
    assert "Leiterin" not in data
    assert "Your contact" in data


def contact_data(house) -> dict[str, str]:
    from cms.structured_data import contact_point

    return contact_point(house.as_contact(house.title))


# Mails


def enquiry(language: str) -> Enquiry:
    return Enquiry(language=language, email="mirko@example.org", name="Mirko", message="Hilfe")


def test_desk_reads_its_german_name_and_the_visitor_the_english_one(desk):
    with translation.override("en"):
        found = national_desk()
        tell_desk(enquiry("en"), found)
        confirm(enquiry("en"), found)
    subjects = {mail.recipient: mail.subject for mail in OutgoingMail.objects.all()}
    assert "Bundesweite Anlaufstelle" in subjects["kontakt@example.org"]
    assert "National desk" in subjects["mirko@example.org"]


def test_who_is_handed_over_reads_the_name_in_their_language(desk):
    with translation.override("de"):
        tell_handover(enquiry("en"))
    mail = OutgoingMail.objects.get(recipient="mirko@example.org")
    assert "National desk" in mail.subject
    assert "Anlaufstelle" not in mail.body


# The card


def card(**fields: str | None) -> list[str]:
    parts = {"name": "Ruth Albers", "role": "", "email": "", "phone": "", "organisation": "Haus"}
    contact = Contact(**{**parts, **fields})
    html = render_to_string("components/contact.html", {"contact": contact, "hide_enquiry": True})
    return [text for text, _ in Spoken(html).said][1:]


@pytest.mark.parametrize(
    "fields, lines",
    [
        ({}, ["Ruth Albers", "Haus"]),
        ({"role": "Leiterin"}, ["Ruth Albers", "Leiterin", "Haus"]),
        ({"role": "Das Haus am Ort"}, ["Ruth Albers", "Das Haus am Ort"]),
        ({"role": "Leiterin", "url": "/haus/"}, ["Ruth Albers", "Leiterin", "Haus"]),
        ({"role": "Das Haus am Ort", "url": "/h/"}, ["Ruth Albers", "Das Haus am Ort", "Haus"]),
        ({"name": "haus"}, ["haus"]),
        ({"name": "Haus", "url": "/haus/"}, ["Haus"]),
        ({"organisation": ""}, ["Ruth Albers"]),
    ],
)
def test_card_says_nothing_twice(fields, lines):
    assert card(**fields) == lines


def test_no_role_names_an_organisation_without_a_name():
    assert not Contact("Ruth", "Leiterin", "", "", "").role_says_organisation


def test_footer_says_the_name_of_the_desk_once(client, english_pages, desk):
    desk.contact_role = "Bundesweite Anlaufstelle von allen"
    desk.save()
    run_on_commit_callbacks()
    footer = client.get("/").text.partition('class="site-foot"')[2]
    assert footer.count("Bundesweite Anlaufstelle") == 1

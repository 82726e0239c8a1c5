"""The start page of the admin: how few clicks lead to what waits, and nothing stands in the way."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.models import Page

from cms.models import Kreis, Term
from demo.builders import (
    build_enquiry,
    build_example,
    build_example_index,
    build_form,
    build_invitation,
    build_news,
    build_news_index,
)
from demo.review import approve, publish, request_changes, submit
from examples.models import ExamplePage
from news.models import NewsPage
from regions.models import Region
from tests.fill_form import fill_required

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

HOME = reverse("wagtailadmin_home")
ROLES = ("editor", "lead", "national_editor", "administrator")
DAY = datetime.timedelta(days=1)
#: Height of a phone of 390 px, and of the start page without the welcome of the first sign-in.
PHONE = 844
LENGTH = """document.querySelector('.board').getBoundingClientRect().bottom
    - document.querySelector('.board-welcome').getBoundingClientRect().height"""


class Walk:
    """A tab, with the clicks and the screens that a person needs, typing left out."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.clicks, self.screens = tab, 0, 1

    def click(self, name: str, role: str = "link", leads_on: bool = True) -> None:
        """Click on what is called so."""
        target = self.tab.get_by_role(role, name=name).filter(visible=True).first
        self.clicks += 1
        if leads_on:
            with self.tab.expect_navigation():
                target.click()
            self.screens += 1
        else:
            target.click()

    def upload(self, name: str, content: bytes) -> None:
        """Click on the one field for files of a form, and take one."""
        self.clicks += 1
        field = self.tab.locator("input[type=file]").filter(visible=True)
        field.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": content})

    def choose(self, field: str, option: str) -> None:
        """Open a list of choices, and take one; the second click is left out by the keyboard."""
        self.clicks += 1
        self.tab.locator(field).filter(visible=True).first.select_option(option)


@pytest.fixture
def waiting(region, house, editor, lead, national_editor, second_national_editor) -> NewsPage:
    """Something of every kind; the news item that waits for the lead."""
    index = build_news_index(house)
    back = build_news(index, editor, title="Zurück", slug="zurueck")
    submit(back, editor)
    request_changes(back, "Bitte den Ort nennen.", lead)
    due = publish(build_news(index, editor, title="Fällig", slug="faellig"), editor)
    due.check_again_on = timezone.localdate() - DAY
    due.save()
    example = build_example(build_example_index(house), lead)
    submit(example, lead)
    build_enquiry(region)
    build_invitation(region, lead)
    page = build_news(index, editor, title="Wartet", slug="wartet")
    submit(page, editor)
    return page


def test_lead_approves_with_two_clicks_on_two_screens(tab, waiting, lead):
    walk = Walk(tab(lead))
    walk.click("Wartet")
    walk.click("Freigeben", role="button")
    expect(walk.tab.get_by_text("Wartet").first).to_be_visible()
    # Back where the next one waits.
    assert walk.tab.url.endswith(HOME)
    assert Page.objects.get(pk=waiting.pk).live
    # The start page, and the page itself; what answers is the outcome.
    assert (walk.clicks, walk.screens - 1) == (2, 2)


@pytest.fixture
def at_the_desk(house, editor, lead, national_editor, second_national_editor) -> ExamplePage:
    """An example that waits for the desk only."""
    publish(build_form(user=national_editor), national_editor)
    index = build_example_index(house)
    page = build_example(index, editor, title="Beim Bund", slug="beim-bund")
    submit(page, editor)
    approve(page, lead)
    return page


def test_desk_sends_back_with_two_clicks_on_two_screens(tab, at_the_desk, national_editor):
    walk = Walk(tab(national_editor))
    walk.click("Beim Bund")
    walk.tab.get_by_label("was geändert werden soll").fill("Bitte den Ort nennen.")
    walk.click("Änderungen erbitten", role="button")
    expect(walk.tab.locator(".messages", has_text="bekommt Ihre Begründung")).to_be_visible()
    assert (walk.clicks, walk.screens - 1) == (2, 2)


def test_page_is_still_right_with_one_click_without_script(tab, waiting, lead):
    walk = Walk(tab(lead, javascript=False))
    walk.click("Noch aktuell", role="button")
    assert walk.clicks == 1
    page = NewsPage.objects.get(title="Fällig")
    assert page.checked_on == timezone.localdate()


def test_editor_begins_on_the_start_page(tab, house, editor):
    build_news_index(house)
    walk = Walk(tab(editor))
    walk.click("Nachricht")
    fill_required(walk.tab, NewsPage, title="Werkzeugverleih öffnet")
    assert (walk.clicks, walk.screens) == (1, 2)


def test_news_is_submitted_with_eight_clicks_on_two_screens(tab, house, editor):
    build_news_index(house)
    topic = Term.objects.filter(vocabulary="topic").first() or Term.objects.create(
        vocabulary="topic", key="ehrenamt"
    )
    walk = Walk(tab(editor))
    walk.click("Nachricht")
    page = walk.tab
    page.locator("[name=title]").fill("Werkzeugverleih öffnet")
    page.locator("[name=summary]").fill("Am Samstag geht es los.")
    walk.click("Bild auswählen", role="button", leads_on=False)
    walk.click("Hochladen", role="tab", leads_on=False)
    walk.upload("leiter.jpg", get_test_image_file_jpeg().file.getvalue())
    page.get_by_label("Beschreibung").last.fill("Zwei Frauen tragen eine Leiter")
    page.get_by_label("Bildnachweis").fill("Foto: Erika Muster")
    page.get_by_label("Erlaubnis oder Lizenz").fill("mit Erlaubnis")
    walk.click("Hochladen", role="button", leads_on=False)
    # Until it is gone, it gives the focus back to where it was.
    page.locator(".modal").wait_for(state="detached")
    body = page.locator("#body-root [contenteditable=true]")
    body.press_sequentially("Der Verleih öffnet.")
    body.press("Enter")
    body.press_sequentially("Er ist am Markt.")
    walk.click(str(topic), role="checkbox", leads_on=False)
    walk.choose("fieldset.consent select[name$=-basis]", "not_recognisable")
    walk.click("Zur Prüfung einreichen", role="button")
    expect(page.locator(".messages", has_text="zur Prüfung eingereicht")).to_be_visible()
    assert (walk.clicks, walk.screens - 1) == (8, 2)


@pytest.mark.parametrize("width", [390, 1280])
def test_house_is_made_with_three_clicks_on_two_screens(tab, administrator, width):
    place = {"land": "Nordrhein-Westfalen", "lat": 52.2, "lon": 7.5}
    Kreis.objects.create(code="05566", name="Steinfurt", **place)
    walk = Walk(tab(administrator, width=width))
    walk.click("Neues Haus")
    walk.choose("[name=kreise]", "05566")
    walk.tab.locator("[name=notification_email]").fill("steinfurt@example.org")
    walk.click("Erstellen", role="button")
    expect(walk.tab.locator(".messages .success")).to_be_visible()
    assert Region.objects.filter(name="Steinfurt").exists()
    assert (walk.clicks, walk.screens - 1) == (3, 2)


def test_welcome_is_dismissed_without_script(tab, editor):
    page = tab(editor, javascript=False)
    page.get_by_role("button", name="Verstanden").click()
    page.wait_for_url(f"**{HOME}#start")
    expect(page.get_by_role("heading", name="Willkommen")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("role", ROLES)
def test_nothing_stands_in_the_way(request, tab, waiting, role, width):
    page, found = tab(request.getfixturevalue(role), width=width), []
    for address in (HOME, reverse("own_handbook"), reverse("publishing_calendar")):
        page.goto(address)
        for item in Axe().run(page).response["violations"]:
            found.append((item["id"], [node["target"] for node in item["nodes"]][:3]))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(("wider", address))
        if width == 390 and address == HOME and page.evaluate(LENGTH) > PHONE:
            found.append(("longer", page.evaluate(LENGTH)))
    assert found == []

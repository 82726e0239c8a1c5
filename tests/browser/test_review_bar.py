"""The bar of a page under review in a real browser: by keyboard, on a phone, links that lead on."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

from demo.review import publish, submit
from quality.walk import PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def submitted(news, editor, lead, national_editor):
    """A change to a public news item, submitted."""
    page = publish(news, editor)
    draft = page.get_latest_revision_as_object()
    draft.title = "Werkzeugverleih öffnet im März"
    draft.save_revision(user=editor)
    submit(Page.objects.get(pk=page.pk).specific, editor)
    return Page.objects.get(pk=page.pk).specific


@pytest.fixture
def reviewing(tab: Callable[..., Tab], submitted, lead) -> Tab:
    """The edit page of the news item, open for the lead."""
    opened = tab(lead)
    opened.goto(f"/admin/pages/{submitted.pk}/edit/")
    return opened


def test_reason_is_typed_and_sent_by_keyboard(reviewing, submitted, editor):
    reviewing.get_by_label("Anmerkung oder was geändert werden soll").focus()
    reviewing.keyboard.type("Bitte das Datum ergänzen.")
    reviewing.keyboard.press("Tab")
    reviewing.keyboard.press("Tab")
    expect(reviewing.get_by_role("button", name="Änderungen erbitten")).to_be_focused()
    reviewing.keyboard.press("Enter")
    expect(reviewing.locator(".messages", has_text="bekommt Ihre Begründung")).to_be_visible()


def test_missing_reason_is_asked_for_without_leaving_the_page(reviewing, submitted):
    reviewing.get_by_role("button", name="Änderungen erbitten").click()
    expect(reviewing.get_by_label("Anmerkung oder was geändert werden soll")).to_be_focused()
    assert Page.objects.get(pk=submitted.pk).current_workflow_task is not None


def test_approval_leads_to_the_public_page(reviewing, submitted):
    reviewing.locator(".review-bar").get_by_role("button", name="Freigeben").click()
    said = reviewing.locator(".messages", has_text="ist jetzt öffentlich")
    expect(said.get_by_role("link", name=submitted.full_url)).to_be_visible()


def test_bar_has_no_axe_violations(reviewing):
    found = Axe().run(reviewing, context=".review-bar").response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def test_title_above_is_read_whole_on_a_phone(reviewing, submitted):
    reviewing.set_viewport_size({"width": PHONE, "height": 740})
    title = reviewing.locator(".w-breadcrumbs li").last
    expect(title).to_contain_text("Werkzeugverleih öffnet im März")
    assert title.evaluate("title => title.getBoundingClientRect().right < innerWidth")


def test_bar_fits_a_phone(reviewing):
    reviewing.set_viewport_size({"width": PHONE, "height": 740})
    bar = reviewing.locator(".review-bar")
    expect(bar.get_by_role("button", name="Freigeben")).to_be_visible()
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")

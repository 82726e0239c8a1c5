"""The main job in a real browser: write, submit, pass on, approve, find, read."""

import re

import pytest
from playwright.sync_api import Page, expect

from demo.builders import build_example_index, build_form, house_of_region
from demo.review import publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

TITLE = "Der Chor für die Druckerei"


@pytest.fixture
def form(national_editor, second_national_editor):
    """A published form of cooperation to choose."""
    return publish(build_form(user=national_editor), national_editor)


def write_example(page: Page, index_id: int) -> None:
    """Fill in the form as an editor would, and submit it."""
    page.goto(f"/admin/pages/add/examples/examplepage/{index_id}/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=summary]", "Eine Druckerei druckt Plakate, der Chor singt im Betrieb.")
    page.locator("#course-root button.c-sf-add-button").first.click()
    page.get_by_role("option", name="Zitat").click()
    page.fill("[name=course-0-value-text]", "Erst kam das Plakat, dann das Konzert.")
    page.fill("[name=course-0-value-who]", "Die Chorleiterin")
    page.fill("[name=outcome]", "Drei Konzerte, hundert Plakate.")
    page.fill("[name=benefit_zo]", "Der Chor wird gesehen.")
    page.fill("[name=benefit_kmu]", "Der Betrieb feiert zusammen.")
    page.fill("[name=obstacles]", "Die Maschinen sind laut.")
    page.fill("[name=next_step]", "Fragen Sie Ihre Druckerei.")
    page.get_by_role("tab", name="Einzelheiten").click()
    page.select_option("[name=form]", label="Mentoring")
    page.fill("[name=period_start]", "September 2026")
    page.select_option("[name=money]", "non_monetary")
    page.select_option("[name=direction]", "mutual")
    page.select_option("[name=impulse]", "civil")
    for name in ("topics", "parties", "procedures", "results"):
        page.locator(f"[name={name}]").first.check()
    page.get_by_role("button", name="Mehr Aktionen").last.click()
    page.locator("[name=action-submit]").click()
    page.wait_for_load_state()


def decide(page: Page, text: str) -> None:
    """Open what waits on the dashboard and approve it."""
    page.goto("/admin/")
    page.get_by_role("link", name=text).first.click()
    page.get_by_role("button", name="Mehr Aktionen").last.click()
    page.locator("[data-workflow-action-name=approve]").first.click()
    page.wait_for_load_state()


def test_an_example_from_the_editor_s_desk_to_a_visitor(
    tab, region, editor, lead, national_editor, form
):
    index = build_example_index(house_of_region(region))
    write_example(tab(editor), index.pk)
    decide(tab(lead), TITLE)
    decide(tab(national_editor), TITLE)

    visitor = tab()
    visitor.goto("/")
    visitor.fill("[name=q]", "Druckereien")
    visitor.press("[name=q]", "Enter")
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor).to_have_url(re.compile("/der-chor-fuer-die-druckerei/$"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(visitor.locator("main")).to_contain_text("Der Betrieb feiert zusammen.")
    expect(visitor.locator("main")).to_contain_text("September 2026")

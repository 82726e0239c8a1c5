"""An invited person comes in: on a phone, without scripts, without obstacles."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from cms.models import User
from demo.builders import build_invitation
from regions.people.invitation_links import INVITATION_LINK

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def link(region, lead) -> str:
    """Where the mail leads."""
    invitation = build_invitation(region, lead)
    return reverse("invitation", args=[invitation.uuid, INVITATION_LINK.signature(invitation)])


def accept(page, link: str, repeated: str = "vier Wörter am Stück") -> None:
    page.goto(link)
    page.get_by_label("Ihr neues Passwort").fill("vier Wörter am Stück")
    page.get_by_label("Das Passwort noch einmal").fill(repeated)
    page.get_by_role("button", name="Einladung annehmen").click()


def test_accepting_works_on_a_phone_without_javascript(tab, link):
    page = tab(javascript=False, width=360)
    accept(page, link)
    page.get_by_role("heading", name="Guten Tag, Nele").wait_for()
    assert User.objects.get(email="neu@example.org").is_active


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_it_has_obstacles(tab, link, width):
    page, axe, found = tab(width=width), Axe(), {}

    def look() -> None:
        violations = [one["id"] for one in axe.run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[page.title().split(" – ")[0]] = [*violations, *(["wider"] if wide else [])]

    page.goto(link)
    look()
    accept(page, link, repeated="etwas anderes")
    look()
    accept(page, link)
    page.goto(link)
    look()
    assert found == {
        "Ihre Einladung": [],
        "Fehler: Ihre Einladung": [],
        "Diese Einladung gilt nicht": [],
    }

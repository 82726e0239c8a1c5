"""A check speaks one language: its questions stand on no page of another (WCAG 3.1.2)."""

import pytest
from wagtail.models import Locale

from checks.models import CheckRun, SelfCheckPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["abschnitt/1/", "drucken/", "papier/", "einbetten/"])
def test_questions_stand_on_pages_of_their_language(client, check, page):
    address = f"/selbstcheck/{check.pk}/{page}?haus=kreis"
    assert client.get(f"/en{address}")["Location"] == address


def test_the_pages_of_a_run_are_in_its_language(client, begun):
    assert client.get(f"/en{begun}ergebnis/")["Location"] == f"{begun}ergebnis/"


def test_what_is_sent_to_an_address_of_another_language_is_kept(send, first_url, client):
    page = client.get(first_url).content.decode()
    answer = send(f"/en{first_url}", {"frage-g1": "gruen"}, page=page)
    assert CheckRun.objects.get().answers == {"g1": "gruen"}
    assert answer["Location"].startswith("/selbstcheck/")


def languages(client, address: str) -> dict[str, str]:
    return {link["code"]: link["url"] for link in client.get(address).context["language_links"]}


def test_questions_lead_to_their_translation_only(client, check, first_url):
    assert set(languages(client, first_url)) <= {"de"}
    english = check.copy_for_translation(
        Locale.objects.get_or_create(language_code="en")[0], copy_parents=True
    )
    SelfCheckPage.objects.filter(pk=english.pk).update(live=True)
    assert languages(client, first_url) == {
        "de": first_url,
        "en": f"/en/selbstcheck/{english.pk}/abschnitt/1/",
    }


def test_answers_are_in_no_other_language(client, begun):
    assert languages(client, begun) == {}

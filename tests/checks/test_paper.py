"""On paper and back: printed empty, typed in by an adviser for somebody, marked so."""

import re

import pytest

from checks.filling.runs import begin_anew
from checks.models import CheckRun

pytestmark = pytest.mark.django_db

ANSWERS = {"frage-g1": "gruen", "frage-g2": "rot", "frage-z1": "gelb", "frage-bemerkung": "Ja"}


@pytest.fixture
def paper_url(check):
    return f"/selbstcheck/{check.pk}/papier/"


def test_all_answers_of_the_paper_make_one_finished_check_that_is_marked(client, send, paper_url):
    page = client.get(paper_url).content.decode()
    first = send(paper_url, ANSWERS, page=page)
    again = send(paper_url, ANSWERS, page=page)
    assert first["Location"] == again["Location"]
    run = CheckRun.objects.get()
    assert run.answers == {key.removeprefix("frage-"): value for key, value in ANSWERS.items()}
    assert run.is_from_paper
    assert run.finished_at
    overview = client.get(first["Location"]).content.decode()
    assert "Im Auftrag der Organisation vom Papier eingetippt" in overview


def test_keys_are_promised_by_the_script_only(client, paper_url):
    page = client.get(paper_url).content.decode()
    assert re.search(r"<p[^>]* hidden>[^<]*Tasten 1 bis 4", page)
    assert not re.search(r"<kbd(?![^>]* hidden)", page)


def test_a_mistake_on_paper_keeps_what_was_typed(send, paper_url):
    page = send(paper_url, ANSWERS | {"frage-z1": "blau"}).content.decode()
    assert not CheckRun.objects.exists()
    assert re.search(r'value="rot"[^>]* checked', page)


def test_another_site_cannot_type_in(send, paper_url):
    send(paper_url, ANSWERS, origin="https://example.com")
    assert not CheckRun.objects.exists()


def test_the_next_round_is_the_organisations_own(send, paper_url):
    send(paper_url, ANSWERS)
    assert not begin_anew(CheckRun.objects.get()).is_from_paper


def test_the_empty_check_has_all_questions_with_numbered_boxes(client, check):
    page = client.get(f"/selbstcheck/{check.pk}/drucken/").content.decode()
    assert page.count("blank__label") == 4
    assert "2 Handlungsbedarf" in page
    assert "<form" not in page.partition("<main")[2]


def test_the_page_of_the_check_leads_to_both(client, check, paper_url):
    page = client.get(check.url).content.decode()
    assert f'href="{paper_url}"' in page
    assert f'href="/selbstcheck/{check.pk}/drucken/"' in page


@pytest.mark.parametrize("is_public", [True, False])
def test_a_filled_in_check_is_printed_with_its_answers(client, begun, check, is_public):
    if not is_public:
        check.delete()
    page = client.get(f"{begun}drucken/").content.decode()
    assert page.count("(ausgewählt)") == 2

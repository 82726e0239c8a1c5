"""Filling in: nothing answered is lost, nothing else is kept, and only the link opens it."""

import re
import uuid
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from checks.filling.forms import FirstSectionForm, WholeNumberField
from checks.filling.views import AUTOSAVE
from checks.models import CheckRun, CheckVersion
from cms.models import PublicChange
from cms.spam_protection.honeypot import new_stamp
from demo.review import publish

pytestmark = pytest.mark.django_db

#: What stands below the link of a run.
PAGES = [
    *("", "abschnitt/1/", "ergebnis/", "haus/", "haus/danke/", "loeschen/", "neuer-link/"),
    *("link-senden/", "link-senden/danke/", "massnahmen/", "massnahmen/neu/"),
]


def answers() -> dict[str, object]:
    return CheckRun.objects.get().answers


# Before the first answer


def test_the_page_leads_to_the_first_section(client, check, first_url):
    assert f'href="{first_url}"' in client.get(check.url).content.decode()


def test_nothing_is_stored_by_looking(client, first_url):
    client.get(first_url)
    assert not CheckRun.objects.exists()


def test_there_is_no_section_of_a_draft(client, check):
    check.unpublish()
    assert client.get(f"/selbstcheck/{check.pk}/abschnitt/1/").status_code == 404


def test_there_is_no_third_section_of_two(client, check):
    assert client.get(f"/selbstcheck/{check.pk}/abschnitt/3/").status_code == 404


# The first section makes the run


def test_the_first_section_is_kept_and_leads_to_the_second(send, first_url):
    answer = send(first_url, {"frage-g1": "gruen", "frage-g2": "rot"})
    assert answers() == {"g1": "gruen", "g2": "rot"}
    assert answer["Location"].endswith("/abschnitt/2/")


def test_a_section_sent_twice_is_one_run(client, send, first_url):
    page = client.get(first_url).content.decode()
    first = send(first_url, {"frage-g1": "gruen"}, page=page)
    second = send(first_url, {"frage-g1": "rot"}, page=page)
    assert first["Location"] == second["Location"]
    assert answers() == {"g1": "rot"}


def test_filling_in_sets_no_cookie(client, send, first_url):
    send(first_url, {"frage-g1": "gruen"})
    assert client.cookies == {}


def test_a_post_from_another_site_is_not_kept_and_not_lost(send, first_url):
    answer = send(first_url, {"frage-g1": "rot"}, origin="https://evil.example")
    assert not CheckRun.objects.exists()
    assert 'value="rot" id="id_frage-g1_2" checked' in answer.content.decode()


def test_a_machine_that_fills_in_everything_is_refused(send, first_url):
    send(first_url, {"frage-g1": "rot", "subject_line": "Casino"})
    assert not CheckRun.objects.exists()


def test_a_machine_that_is_too_fast_is_refused(send, first_url):
    send(first_url, {"frage-g1": "rot", "stamp": new_stamp(FirstSectionForm.form_key, 0)})
    assert not CheckRun.objects.exists()


def test_a_training_room_behind_one_address_is_let_in(send, first_url):
    for _ in range(30):
        send(first_url, {"frage-g1": "rot"})
    assert CheckRun.objects.count() == 30


def test_a_flood_from_one_address_is_stopped(send, first_url):
    for _ in range(65):
        send(first_url, {"frage-g1": "rot"})
    assert CheckRun.objects.count() == 60


def test_a_forged_token_makes_no_run_and_the_answers_stay(send, first_url):
    answer = send(first_url, {"frage-g1": "rot", "token": "falsch"})
    assert not CheckRun.objects.exists()
    assert 'value="rot" id="id_frage-g1_2" checked' in answer.content.decode()


def test_a_check_published_anew_meanwhile_keeps_the_questions_that_were_read(
    client, send, check, first_url, national_editor
):
    page = client.get(first_url).content.decode()
    row = check.form_fields.get(clean_name="g1")
    row.label = "Etwas ganz anderes?"
    check.form_fields.add(row)
    check.save_revision(user=national_editor)
    publish(check, national_editor)
    send(first_url, {"frage-g1": "gruen"}, page=page)
    run = CheckRun.objects.get()
    assert run.version.number == 1
    assert CheckVersion.objects.count() == 2


def test_a_check_unpublished_meanwhile_can_be_filled_in(client, send, check, first_url):
    page = client.get(first_url).content.decode()
    check.unpublish()
    send(first_url, {"frage-g1": "gruen"}, page=page)
    assert answers() == {"g1": "gruen"}


def test_a_mistake_in_a_check_deleted_meanwhile_is_named(client, send, check, first_url):
    page = client.get(first_url).content.decode()
    check.delete()
    answer = send(first_url, {"frage-g1": "lila"}, page=page)
    assert "Bitte wählen Sie eine der Antworten." in answer.content.decode()


# Numbers


@pytest.mark.parametrize(
    "typed, kept",
    [("12", "12"), ("0", "0"), ("1.200", "1200"), ("12 000", "12000"), ("0" * 20 + "7", "7")],
)
def test_a_whole_number_is_kept(typed, kept):
    assert WholeNumberField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["1.5", "1.50", "1 5", "1.2000", ".5", "12,5", "-3", "9" * 5000])
def test_what_may_be_no_whole_number_is_not_guessed(typed):
    with pytest.raises(ValidationError, match="zum Beispiel 12"):
        WholeNumberField().clean(typed)


# A run


def test_the_second_section_keeps_the_first(send, begun):
    send(f"{begun}abschnitt/2/", {"frage-z1": "gelb", "frage-bemerkung": "Guten Tag"})
    assert answers() == {"g1": "gruen", "g2": "rot", "z1": "gelb", "bemerkung": "Guten Tag"}


def test_the_last_section_leads_to_the_result_and_finishes(send, begun):
    answer = send(f"{begun}abschnitt/2/", {"frage-z1": "gelb"})
    assert answer["Location"].endswith("/ergebnis/")
    assert CheckRun.objects.get().finished_at is not None


def test_the_last_section_sent_twice_finishes_once(send, begun):
    send(f"{begun}abschnitt/2/", {"frage-z1": "gelb"})
    finished = CheckRun.objects.get().finished_at
    send(f"{begun}abschnitt/2/", {"frage-z1": "gelb"})
    assert CheckRun.objects.get().finished_at == finished


def test_what_was_answered_is_shown_again(client, begun):
    page = client.get(f"{begun}abschnitt/1/").content.decode()
    assert 'value="rot" id="id_frage-g2_2" checked' in page


def test_going_back_keeps_what_was_typed(send, begun):
    answer = send(f"{begun}abschnitt/2/", {"frage-z1": "gelb", "weiter_zu": "zurueck"})
    assert answer["Location"].endswith("/abschnitt/1/")
    assert answers()["z1"] == "gelb"


def test_an_answer_can_be_taken_back(client, send, begun):
    send(f"{begun}abschnitt/2/", {"frage-bemerkung": "Weg damit"})
    send(f"{begun}abschnitt/2/", {"frage-bemerkung": ""})
    assert "bemerkung" not in answers()


def test_an_older_window_erases_nothing_newer(client, send, begun):
    old = client.get(f"{begun}abschnitt/2/").content.decode()
    send(f"{begun}abschnitt/2/", {"frage-bemerkung": "Neu"})
    send(f"{begun}abschnitt/2/", {"frage-z1": "rot"}, page=old)
    assert (answers()["bemerkung"], answers()["z1"]) == ("Neu", "rot")


def test_a_wrong_answer_is_named_and_the_right_ones_are_kept(send, begun):
    answer = send(f"{begun}abschnitt/2/", {"frage-z1": "gelb", "frage-bemerkung": "x" * 3000})
    text = answer.content.decode()
    assert "3000 Zeichen" in text
    assert "x" * 3000 in text
    assert answers()["z1"] == "gelb"


def test_an_answer_can_be_taken_back_after_a_mistake_in_the_same_section(send, begun):
    wrong = {"frage-z1": "gelb", "frage-bemerkung": "x" * 3000}
    page = send(f"{begun}abschnitt/2/", wrong).content.decode()
    send(f"{begun}abschnitt/2/", {"frage-bemerkung": "Kurz"}, page=page)
    assert "z1" not in answers()


def test_a_mistake_in_an_older_window_erases_nothing_newer(client, send, begun):
    old = client.get(f"{begun}abschnitt/2/").content.decode()
    send(f"{begun}abschnitt/2/", {"frage-z1": "rot"})
    again = send(f"{begun}abschnitt/2/", {"frage-bemerkung": "x" * 3000}, page=old)
    send(f"{begun}abschnitt/2/", {"frage-bemerkung": "Kurz"}, page=again.content.decode())
    assert answers()["z1"] == "rot"


def test_the_list_of_mistakes_leads_to_the_question(send, begun):
    page = send(f"{begun}abschnitt/2/", {"frage-z1": "lila"}).content.decode()
    assert 'href="#id_frage-z1"' in page
    assert 'id="id_frage-z1"' in page


def autosave(send, begun, data, page=None):
    answer = send(f"{begun}abschnitt/2/", data | {AUTOSAVE: "1"}, page=page)
    assert answer.status_code == 200
    return answer.json()


def test_what_is_right_is_saved_in_between(send, begun):
    told = autosave(send, begun, {"frage-z1": "rot", "frage-bemerkung": "x" * 3000})
    assert (told["saved"], told["step"]) == (True, CheckRun.objects.get().step)
    assert not told["complete"]
    assert answers()["z1"] == "rot"
    assert CheckRun.objects.get().finished_at is None


def test_saving_in_between_erases_nothing_of_a_newer_window(client, send, begun):
    old = client.get(f"{begun}abschnitt/2/").content.decode()
    send(f"{begun}abschnitt/2/", {"frage-z1": "rot"})
    step = autosave(send, begun, {"frage-bemerkung": "Kurz"}, page=old)["step"]
    autosave(send, begun, {"step": step, "frage-bemerkung": "Kurz"}, page=old)
    assert answers()["z1"] == "rot"


def test_what_was_saved_in_between_can_be_emptied_after_another_section(client, send, begun):
    page = client.get(f"{begun}abschnitt/2/").content.decode()
    send(f"{begun}abschnitt/1/", {"frage-g1": "rot"})
    told = autosave(send, begun, {"frage-bemerkung": "geheim"}, page=page)
    assert told["complete"]
    autosave(send, begun, {"step": told["step"], "frage-bemerkung": ""}, page=page)
    assert "bemerkung" not in answers()


def test_a_text_of_a_megabyte_is_refused_in_words(send, begun):
    answer = send(f"{begun}abschnitt/2/", {"frage-bemerkung": "x" * 1_000_000})
    assert answer.status_code == 200
    assert "bemerkung" not in answers()


def test_forged_questions_are_dropped(send, begun):
    send(f"{begun}abschnitt/2/", {"frage-erfunden": "rot", "frage-g1": "rot", "frage-z1": "gelb"})
    assert answers() == {"g1": "gruen", "g2": "rot", "z1": "gelb"}


def test_a_forged_answer_is_refused(send, begun):
    send(f"{begun}abschnitt/2/", {"frage-z1": "lila"})
    assert "z1" not in answers()


def test_a_post_from_another_site_changes_nothing(send, begun):
    send(f"{begun}abschnitt/2/", {"frage-z1": "gelb"}, origin="https://evil.example")
    assert "z1" not in answers()


def test_answers_change_no_public_page(send, begun):
    before = PublicChange.version()
    send(f"{begun}abschnitt/2/", {"frage-z1": "gelb"})
    assert PublicChange.version() == before


# The link


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_a_run_are_in_no_cache_no_index_and_no_referrer(client, begun, path):
    answer = client.get(begun + path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_mistyped_link_opens_nothing_and_says_so(client, run, path):
    address = reverse("check_run", args=[run.uuid, "0" * 64])
    answer = client.get(address + path)
    assert answer.status_code == 410
    assert "Dieser Link gilt nicht" in answer.content.decode()


def test_a_link_of_nothing_is_not_told_apart(client):
    assert client.get(reverse("check_run", args=[uuid.uuid4(), "0" * 64])).status_code == 410


def test_the_overview_shows_the_whole_address(client, begun):
    assert f'value="http://127.0.0.1:8000{begun}"' in client.get(begun).content.decode()


def test_replacing_the_link_revokes_the_old_one(client, begun, send):
    answer = send(f"{begun}neuer-link/")
    assert client.get(begun).status_code == 410
    assert client.get(answer["Location"]).status_code == 200


def test_the_link_replaced_twice_at_once_is_replaced_once(client, begun, send):
    page = client.get(f"{begun}neuer-link/").content.decode()
    first = send(f"{begun}neuer-link/", page=page)
    second = send(f"{begun}neuer-link/", page=page)
    assert first["Location"] == second["Location"]
    assert client.get(second["Location"]).status_code == 200


def test_another_page_of_the_old_link_replaces_nothing(client, begun, send):
    page = client.get(f"{begun}neuer-link/").content.decode()
    send(f"{begun}neuer-link/", page=page)
    answer = send(f"{begun}neuer-link/", {"once": "geraten"}, page=page)
    assert answer.status_code == 410
    assert CheckRun.objects.get().generation == 2


def test_a_replacement_without_its_nonce_cannot_be_repeated(client, begun):
    headers = {"origin": "http://testserver"}
    client.post(f"{begun}neuer-link/", headers=headers)
    assert client.post(f"{begun}neuer-link/", headers=headers).status_code == 410


def test_another_site_replaces_no_link(send, begun):
    send(f"{begun}neuer-link/", origin="https://evil.example")
    assert CheckRun.objects.get().generation == 1


def test_a_first_section_sent_again_after_that_does_not_open_the_run(
    client, send, first_url, check
):
    page = client.get(first_url).content.decode()
    link = send(first_url, {"frage-g1": "gruen"}, page=page)["Location"].partition("abschnitt/")[0]
    send(f"{link}neuer-link/")
    again = send(first_url, {"frage-g1": "rot"}, page=page)["Location"]
    assert CheckRun.objects.count() == 2
    assert client.get(again).status_code == 200
    assert CheckRun.objects.order_by("pk")[0].answers == {"g1": "gruen"}


def test_deleting_asks_first(client, begun):
    client.get(f"{begun}loeschen/")
    assert CheckRun.objects.exists()


def test_deleting_leaves_nothing(client, send, begun):
    answer = send(f"{begun}loeschen/")
    assert answer["Location"] == "/selbstcheck/geloescht/"
    assert not CheckRun.objects.exists()
    assert client.get(begun).status_code == 410


@pytest.fixture
def first_tab(client, send, first_url) -> tuple[str, str]:
    """The first section as it stays open in a tab, and the run that it made; deleted since."""
    page = client.get(first_url).content.decode()
    run = send(first_url, {"frage-g1": "gruen"}, page=page)["Location"].partition("abschnitt/")[0]
    send(f"{run}loeschen/")
    return page, run


def test_a_deleted_link_never_opens_again(client, send, first_url, first_tab):
    page, run = first_tab
    answer = send(first_url, {"frage-g1": "rot"}, page=page)
    assert answers() == {"g1": "rot"}
    assert client.get(run).status_code == 410
    assert client.get(answer["Location"]).status_code == 200


def test_a_cache_that_fails_loses_no_answers(monkeypatch, client, send, first_url, caplog):
    def fail(*args):
        raise ConnectionError

    monkeypatch.setattr("checks.filling.runs.cache", SimpleNamespace(get=fail, set=fail))
    run = send(first_url, {"frage-g1": "gruen"})["Location"].partition("abschnitt/")[0]
    assert answers() == {"g1": "gruen"}
    send(f"{run}loeschen/")
    assert not CheckRun.objects.exists()
    assert len(caplog.records) == 2


def test_another_site_deletes_nothing(send, begun):
    send(f"{begun}loeschen/", origin="https://evil.example")
    assert CheckRun.objects.exists()


def test_a_section_that_is_not_there_leads_to_the_overview(client, begun):
    assert client.get(f"{begun}abschnitt/99/")["Location"] == begun


def test_the_minutes_left_are_those_of_open_questions(client, begun):
    assert "noch etwa 2 Minuten" in client.get(f"{begun}abschnitt/2/").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_a_run_keep_the_chosen_house(client, begun, house, path):
    page = client.get(f"{begun}{path}?haus=kreis-steinfurt").content.decode()
    links = re.findall(r'(?:href|action)="(/selbstcheck/[^"]*)"', page.partition("<main")[2])
    assert links
    assert [link for link in links if "haus=kreis-steinfurt" not in link] == []


def test_the_page_of_the_check_keeps_the_chosen_house(client, check, house):
    page = client.get(f"{check.url}?haus=kreis-steinfurt").content.decode()
    links = re.findall(r'href="(/selbstcheck/[^"]*)"', page.partition("<main")[2])
    assert len(links) == 5
    assert [link for link in links if "haus=kreis-steinfurt" not in link] == []


@pytest.mark.parametrize("path", ["", "abschnitt/1/", "ergebnis/", "haus/"])
def test_pages_of_a_run_cost_few_queries(client, begun, path, django_assert_max_num_queries):
    client.get(begun + path)
    with django_assert_max_num_queries(10):
        client.get(begun + path)


def test_a_section_before_the_run_costs_few_queries(
    client, first_url, django_assert_max_num_queries
):
    client.get(first_url)
    with django_assert_max_num_queries(10):
        client.get(first_url)

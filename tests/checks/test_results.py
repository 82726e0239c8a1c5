"""The result: no grade, the urgent first, each need with a next step; and the way to the house."""

import re

import pytest

from checks.definition import Definition, Item, Section
from checks.models import CheckRun
from checks.results.chart import WIDTH, bars
from checks.results.handover import compose, parts, recompose
from checks.results.scoring import Outcome
from cms.models import Kreis, Place
from cms.spam_protection.honeypot import new_stamp
from demo.builders import build_form
from demo.review import publish
from regions.enquiries.forms import EnquiryForm
from regions.models import Enquiry

ITEMS = (
    Item(
        "a", "need", "Läuft A?", advice="Rat A", advice_urgent="Sofort A", tags="Ausbildung, Team"
    ),
    Item("b", "need", "Läuft B?", advice="Rat B"),
    Item("c", "need", "Läuft C?", advice="Rat C"),
    Item("d", "radio", "Wie oft?", choices="oft\nnie | Fangen Sie an"),
)
QUESTIONS = Definition((Section("s", "Menschen", "", ITEMS),))


def outcome(**answers: object) -> Outcome:
    return Outcome(QUESTIONS, answers)


# Scoring


def test_the_urgent_comes_first():
    found = outcome(a="gelb", b="rot").needs
    assert [need.item.clean_name for need in found] == ["b", "a"]


def test_the_urgent_has_its_own_advice():
    assert outcome(a="rot").needs[0].advice == "Sofort A"


def test_the_urgent_without_its_own_advice_has_the_other():
    assert outcome(b="rot").needs[0].advice == "Rat B"


def test_what_does_not_apply_is_neither_need_nor_strength():
    found = outcome(a="entfaellt")
    assert (found.needs, found.strengths) == ([], [])


def test_an_open_question_is_no_strength():
    assert outcome().strengths == []


def test_a_text_that_reads_like_an_answer_is_no_strength():
    items = (Item("t", "singleline", "Ihre Lieblingsfarbe?"),)
    questions = Definition((Section("s", "S", "", items),))
    assert Outcome(questions, {"t": "gruen"}).strengths == []


def test_an_answer_with_advice_is_a_need():
    assert [need.advice for need in outcome(d="nie").needs] == ["Fangen Sie an"]


def test_an_answer_without_advice_is_none():
    assert outcome(d="oft").needs == []


def test_counts_and_open_questions_make_the_whole_section():
    (section,) = outcome(a="gruen", b="rot").sections
    assert (section.green, section.red, section.open_count, section.total) == (1, 1, 1, 3)


def test_a_bar_is_filled():
    (bar,) = bars(outcome(a="gruen", b="rot").sections)
    assert sum(segment.width for segment in bar.segments) == WIDTH


# What is passed on


def test_only_what_was_chosen_is_passed_on():
    offered = parts(QUESTIONS, {"a": "rot", "b": "gruen", "d": "oft"})
    text = compose("Check", offered, ["bedarf-1"])
    assert "Läuft A?" in text
    assert "Läuft B?" not in text
    assert "oft" not in text


def test_strengths_and_other_answers_are_passed_on_by_choice_only():
    chosen = [part.key for part in parts(QUESTIONS, {"b": "gruen", "d": "oft"}) if part.is_default]
    assert chosen == []


def test_a_long_text_is_cut_at_a_line_and_says_so():
    items = tuple(Item(f"i{n}", "need", "x" * 200, advice="Rat") for n in range(30))
    questions = Definition((Section("s", "S", "", items),))
    offered = parts(questions, {item.clean_name: "rot" for item in items})
    text = compose("Check", offered, ["bedarf-1"])
    assert len(text) <= 2000
    assert text.endswith("sprechen.)")


def recomposed(message: str, *chosen: str) -> str:
    offered = parts(QUESTIONS, {"a": "rot", "b": "gruen", "d": "oft"})
    return recompose(message, "Check", offered, chosen)


def test_a_text_nobody_touched_is_made_anew_in_the_order_of_the_check():
    offered = parts(QUESTIONS, {"a": "rot", "b": "gruen", "d": "oft"})
    text = compose("Check", offered, ["staerken"])
    both = ["bedarf-1", "staerken"]
    assert recomposed(text.replace("\n", "\r\n"), *both) == compose("Check", offered, both)


def test_another_choice_loses_nothing_that_was_written():
    text = f"{recomposed('', 'bedarf-1')}\n\nBitte rufen Sie abends an."
    text = recomposed(text, "staerken")
    assert "Bitte rufen Sie abends an." in text
    assert "Läuft B?" in text
    assert "Läuft A?" not in text
    assert recomposed(text, "staerken") == text


def test_another_choice_brings_nothing_back_that_was_deleted():
    answers = {"a": "rot", "b": "gelb"}
    offered = parts(QUESTIONS, answers)
    text = compose("Check", offered, ["bedarf-1"]).replace("\n- Dringend: Läuft A?", "")
    assert "Läuft A?" not in recompose(text, "Check", offered, ["bedarf-1"])


# The pages


@pytest.mark.django_db
def test_the_result_names_need_advice_and_strength(client, begun):
    page = client.get(f"{begun}ergebnis/").content.decode()
    assert "Sprechen Sie mit Ihrem Haus über g2." in page
    assert "Dringender Handlungsbedarf" in page
    assert "Läuft g1 bei uns gut?" in page


@pytest.mark.django_db
def test_three_needs_are_unfolded_and_the_others_are_there(client, run, begun):
    answers = {"g1": "rot", "g2": "gelb", "z1": "gelb"}
    CheckRun.objects.update(answers=answers)
    assert "<details" not in client.get(f"{begun}ergebnis/").content.decode().partition("<main")[2]
    version = run.version
    more = [{**version.questions["sections"][0]["items"][0], "clean_name": "g3"}]
    version.questions["sections"][0]["items"] += more
    version.save()
    CheckRun.objects.update(answers=answers | {"g3": "gelb"})
    page = client.get(f"{begun}ergebnis/").content.decode()
    assert page.count('<details class="need__more">') == 1
    assert page.count("Nächster Schritt:") == 4


@pytest.mark.django_db
def test_an_empty_result_leads_to_the_sections(client, run, begun):
    CheckRun.objects.update(answers={})
    assert "Noch ist nichts beantwortet" in client.get(f"{begun}ergebnis/").content.decode()


@pytest.mark.django_db
def test_a_fitting_form_of_cooperation_is_suggested(client, begun, national_editor):
    publish(build_form(user=national_editor), national_editor)
    page = client.get(f"{begun}ergebnis/").content.decode()
    assert 'href="/kooperationsformen/mentoring/"' in page
    assert "Weil Sie hier dringenden Handlungsbedarf sehen" in page


@pytest.mark.django_db
def test_without_a_fitting_page_it_leads_to_people(client, begun):
    assert "Fragen Sie Ihr Haus" in client.get(f"{begun}ergebnis/").content.decode()


@pytest.mark.django_db
def test_the_house_for_the_place_is_named(send, begun, house, place):
    page = send(f"{begun}ergebnis/", {"ort": place}).content.decode()
    assert house.title in page
    assert CheckRun.objects.get().region == house.region_record


@pytest.mark.django_db
def test_an_unknown_place_is_named_and_stays(send, begun):
    page = send(f"{begun}ergebnis/", {"ort": "Xyzdorf"}).content.decode()
    assert 'value="Xyzdorf"' in page
    assert CheckRun.objects.get().place == ""


@pytest.mark.django_db
def test_a_chosen_house_without_a_place_is_not_contradicted(client, begun, house):
    page = client.get(f"{begun}ergebnis/?haus=kreis-steinfurt").content.decode()
    assert f"Besprechen mit: {house.title}" in page
    assert "Nennen Sie Ihren Ort" not in page


@pytest.mark.django_db
def test_a_place_without_a_house_is_told(send, begun, house):
    kreis = Kreis.objects.create(code="07131", name="Ahrweiler", land="RP", lat=50.5, lon=7.1)
    Place.objects.create(plz="53505", name="Altenahr", kreis=kreis, lat=50.5, lon=7.0)
    page = send(f"{begun}ergebnis/", {"ort": "53505"}).content.decode()
    assert "noch kein Haus: Landkreis Ahrweiler" in page


@pytest.mark.django_db
def test_districts_to_choose_from_are_told_apart(send, begun):
    for code, name, land in (("16053", "Jena, Stadt", "TH"), ("07131", "Ahrweiler", "RP")):
        kreis = Kreis.objects.create(code=code, name=name, land=land, lat=50.9, lon=11.6)
        Place.objects.create(plz=code, name="Altenahr", kreis=kreis, lat=50.9, lon=11.6)
    page = send(f"{begun}ergebnis/", {"ort": "Altenahr"}).content.decode()
    assert "Stadt Jena (TH)" in page
    assert "Ahrweiler (RP)" in page


@pytest.mark.django_db
def test_a_need_without_a_chapter_leads_to_the_search(client, run, begun):
    version = run.version
    for section in version.questions["sections"]:
        for item in section["items"]:
            item["source"] = ""
    version.save()
    assert 'href="/suche/?q=Ausbildung"' in client.get(f"{begun}ergebnis/").content.decode()


@pytest.mark.django_db
def test_a_need_without_keywords_leads_to_no_search(client, run, begun):
    version = run.version
    for section in version.questions["sections"]:
        for item in section["items"]:
            item["tags"] = ""
    version.save()
    assert "Weiter suchen" not in client.get(f"{begun}ergebnis/").content.decode()


# Handing over


@pytest.fixture
def hand_over(client, begun):
    """Send the form of the house as it is shown."""

    def hand_over(**changes: str):
        shown = client.get(f"{begun}haus/").context["form"]
        data = {
            "name": "Mirko Feldhaus",
            "organisation": "TV Ochtrup",
            "side": "zo",
            "email": "mirko@example.org",
            "message": shown["message"].value(),
            "parts": shown["parts"].value(),
            "consent": "on",
            "recipient": shown["recipient"].value(),
            "stamp": new_stamp(EnquiryForm.form_key, 60),
        }
        return client.post(
            f"{begun}haus/", {**data, **changes}, headers={"origin": "http://testserver"}
        )

    return hand_over


@pytest.mark.django_db
def test_it_arrives_as_an_enquiry_with_exactly_the_text(client, begun, hand_over):
    shown = client.get(f"{begun}haus/").context["form"]["message"].value()
    hand_over()
    enquiry = Enquiry.objects.get()
    assert enquiry.message == shown
    assert "Läuft g2 bei uns gut?" in shown
    assert "Läuft g1 bei uns gut?" not in shown


@pytest.mark.django_db
def test_it_goes_to_the_house_of_the_place(send, begun, house, place, hand_over):
    send(f"{begun}ergebnis/", {"ort": place})
    hand_over()
    assert Enquiry.objects.get().region == house.region_record


@pytest.mark.django_db
def test_it_goes_to_nobody_but_whom_the_page_named(send, client, begun, house, place, hand_over):
    named = client.get(f"{begun}haus/").context["form"]["recipient"].value()
    send(f"{begun}ergebnis/", {"ort": place})  # in another window
    answer = hand_over(recipient=named, message="Mein eigener Text")
    assert not Enquiry.objects.exists()
    assert f"geht jetzt an: {house.title}" in answer.context["form"].non_field_errors()[0]
    form = answer.context["form"]
    assert form["message"].value() == "Mein eigener Text"
    hand_over(recipient=form["recipient"].value())
    assert Enquiry.objects.get().region == house.region_record


@pytest.mark.django_db
def test_sent_twice_it_is_one_enquiry(hand_over):
    stamp = new_stamp(EnquiryForm.form_key, 60)
    hand_over(stamp=stamp)
    answer = hand_over(stamp=stamp)
    assert Enquiry.objects.count() == 1
    assert answer["Location"].endswith("/haus/danke/")


@pytest.mark.django_db
def test_another_text_of_the_same_page_is_another_enquiry(hand_over):
    stamp = new_stamp(EnquiryForm.form_key, 60)
    hand_over(stamp=stamp, message="Erster Text")
    hand_over(stamp=stamp, message="Zweiter Text")
    assert Enquiry.objects.count() == 2


@pytest.mark.django_db
def test_sent_twice_it_counts_once(hand_over):
    stamp = new_stamp(EnquiryForm.form_key, 60)
    for number in range(5):
        hand_over(stamp=stamp, message=f"Text {number}")
    again = hand_over(stamp=stamp, message="Text 4")
    other = hand_over(stamp=stamp, message="Text 5")
    assert again["Location"].endswith("/haus/danke/")
    assert "zehn Minuten" in other.content.decode()
    assert Enquiry.objects.count() == 5


@pytest.mark.django_db
def test_the_enquiry_names_the_check(check, hand_over):
    hand_over()
    enquiry = Enquiry.objects.get()
    assert (enquiry.subject_page_id, enquiry.subject_title) == (check.pk, check.title)


@pytest.mark.django_db
def test_a_text_that_tells_what_was_unticked_is_not_sent(hand_over):
    answer = hand_over(parts="staerken")
    page = answer.content.decode()
    assert not Enquiry.objects.exists()
    assert "Im Text steht noch" in page
    assert answer.context["form"]["message"].value().endswith("g2 bei uns gut?")
    assert 'href="#id_parts"' in page
    assert 'id="id_parts"' in page


@pytest.mark.django_db
def test_a_text_from_which_the_unticked_was_taken_is_sent(hand_over):
    hand_over(parts="staerken", message="Rufen Sie uns an.")
    assert Enquiry.objects.get().message == "Rufen Sie uns an."


@pytest.mark.django_db
def test_the_enter_key_sends_the_text(client, begun):
    form = client.get(f"{begun}haus/").content.decode().partition('method="post"')[2]
    first_button = re.search(r"<button[^>]*>", form)[0]
    assert "name=" not in first_button


@pytest.mark.django_db
def test_another_choice_makes_another_text_and_keeps_what_was_typed(begun, hand_over):
    answer = hand_over(zusammenstellen="1", parts="staerken")
    form = answer.context["form"]
    assert "Läuft g1 bei uns gut?" in form["message"].value()
    assert "Läuft g2 bei uns gut?" not in form["message"].value()
    assert form["email"].value() == "mirko@example.org"
    assert form["recipient"].value() == "bund"
    assert not Enquiry.objects.exists()


@pytest.mark.django_db
def test_without_consent_nothing_is_sent_and_nothing_is_lost(hand_over):
    answer = hand_over(consent="", message="Mein eigener Text")
    assert not Enquiry.objects.exists()
    assert "Mein eigener Text" in answer.content.decode()

"""The action plan: few measures, from advice or one's own, for paper and calendar."""

import datetime

import pytest

from checks.models import CheckRun, Measure, MeasureStatus, Urgency

pytestmark = pytest.mark.django_db

DAY = datetime.date(2027, 3, 31)


@pytest.fixture
def plan_url(begun):
    """The plan of the run that has just been begun: urgent need in g2."""
    return f"{begun}massnahmen/"


@pytest.fixture
def measure(run):
    """A measure of the run."""
    return Measure.objects.create(run=run, text="Betriebe anrufen", who="Mirko", due=DAY)


def test_advice_is_taken_over(send, plan_url):
    answer = send(plan_url, {"uebernehmen": "g2"})
    assert answer["Location"] == plan_url
    measure = Measure.objects.get()
    assert (measure.text, measure.urgency) == ("Sprechen Sie mit Ihrem Haus über g2.", Urgency.HIGH)


def test_advice_taken_over_twice_is_one_measure(client, send, plan_url):
    page = client.get(plan_url).content.decode()
    for _time in range(2):
        send(plan_url, {"uebernehmen": "g2"}, page=page)
    assert Measure.objects.count() == 1
    assert 'value="g2"' not in client.get(plan_url).content.decode()


def test_what_is_no_need_is_not_taken_over(send, plan_url):
    send(plan_url, {"uebernehmen": "g1"})
    assert not Measure.objects.exists()


def test_nothing_ticked_is_said(send, plan_url):
    assert "kreuzen Sie an" in send(plan_url).content.decode()


def test_a_measure_of_ones_own_sent_twice_is_one(client, send, plan_url):
    page = client.get(f"{plan_url}neu/").content.decode()
    typed = {"text": "Betriebe anrufen", "urgency": "hoch", "who": "Mirko", "due": "31.03.2027"}
    for _time in range(2):
        answer = send(f"{plan_url}neu/", {**typed, "status": "offen"}, page=page)
        assert answer["Location"] == plan_url
    measure = Measure.objects.get()
    assert (measure.who, measure.due) == ("Mirko", DAY)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("text", "", "was Sie tun wollen"),
        ("text", "x" * 2001, "2001 Zeichen"),
        ("who", "x" * 121, "121 Zeichen"),
        ("due", "übermorgen", "31.12.2027"),
        ("due", "0203-01-01", "prüfen Sie das Jahr"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(send, plan_url, name, value, told):
    typed = {"text": "Betriebe anrufen", "urgency": "hoch", "status": "offen", name: value}
    answer = send(f"{plan_url}neu/", typed)
    assert told in answer.content.decode()
    assert answer.context["form"][name].value() == value
    assert not Measure.objects.exists()


def test_a_full_plan_takes_no_more(send, plan_url, run, settings):
    settings.CHECK_MOST_MEASURES = 1
    Measure.objects.create(run=run, text="Eins")
    typed = {"text": "Zwei", "urgency": "hoch", "status": "offen"}
    assert "Der Plan ist voll" in send(f"{plan_url}neu/", typed).content.decode()
    assert "Der Plan ist voll" in send(plan_url, {"uebernehmen": "g2"}).content.decode()
    assert Measure.objects.count() == 1


def test_a_measure_is_changed(send, plan_url, measure):
    sent = {"text": "Betriebe besuchen", "urgency": "hoch", "status": "erledigt"}
    send(f"{plan_url}{measure.pk}/", sent)
    measure.refresh_from_db()
    assert (measure.text, measure.status) == ("Betriebe besuchen", MeasureStatus.DONE)


def test_an_older_window_overwrites_nothing_without_asking(client, send, plan_url, measure):
    address = f"{plan_url}{measure.pk}/"
    page = client.get(address).content.decode()
    sent = {"urgency": "hoch", "status": "offen"}
    send(address, {**sent, "text": "Aus dem neuen Fenster"})
    again = send(address, {**sent, "text": "Aus dem alten Fenster"}, page=page).content.decode()
    assert "in einem anderen Fenster geändert" in again
    assert Measure.objects.get().text == "Aus dem neuen Fenster"
    send(address, {**sent, "text": "Aus dem alten Fenster"}, page=again)
    assert Measure.objects.get().text == "Aus dem alten Fenster"


def test_a_change_of_what_was_deleted_meanwhile_becomes_a_new_measure(send, plan_url, measure):
    address = f"{plan_url}{measure.pk}/"
    page = send(address, {"text": ""}).content.decode()
    measure.delete()
    sent = {"text": "Neu", "urgency": "hoch", "status": "offen"}
    send(address, sent, page=page)
    assert Measure.objects.get().text == "Neu"


def test_a_measure_is_deleted(send, plan_url, measure):
    send(f"{plan_url}{measure.pk}/", {"loeschen": "1"})
    assert not Measure.objects.exists()


def test_measures_of_another_run_are_not_reached(client, check, plan_url):
    other = CheckRun.objects.create(version=check.current_version())
    measure = Measure.objects.create(run=other, text="Geheim")
    answer = client.get(f"{plan_url}{measure.pk}/")
    assert answer["Location"] == plan_url


def test_another_site_changes_nothing(send, plan_url, measure):
    typed = {"text": "Fremd", "urgency": "hoch", "status": "offen"}
    for address in (f"{plan_url}neu/", f"{plan_url}{measure.pk}/", plan_url):
        send(address, {**typed, "uebernehmen": "g2"}, origin="https://evil.example")
    assert Measure.objects.get().text == "Betriebe anrufen"


def test_days_go_into_a_calendar_without_the_link(client, plan_url, run, measure):
    Measure.objects.create(run=run, text="Erledigt", due=DAY, status=MeasureStatus.DONE)
    answer = client.get(f"{plan_url}kalender/")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20270331" in text
    assert str(run.uuid) not in text


def test_the_plan_costs_few_queries(client, plan_url, run, django_assert_max_num_queries):
    Measure.objects.bulk_create(Measure(run=run, text=f"Schritt {n}") for n in range(10))
    client.get(plan_url)
    with django_assert_max_num_queries(10):
        assert client.get(plan_url).status_code == 200


def test_a_measure_that_was_deleted_can_be_written_again(send, plan_url):
    typed = {"text": "Betriebe anrufen", "urgency": "hoch", "status": "offen"}
    send(f"{plan_url}neu/", typed)
    send(f"{plan_url}{Measure.objects.get().pk}/", {"loeschen": "1"})
    send(f"{plan_url}neu/", typed)
    assert Measure.objects.count() == 1

"""Forms sent several times, one after the other and at once, have one effect."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.models import OutgoingMail
from cms.spam_protection.honeypot import new_stamp
from demo import builders
from examples.models import ExamplePage
from news.models import NewsPage
from regions.enquiries.forms import EnquiryForm
from regions.models import Enquiry
from tests.blank_forms import blank_data
from workflows.models import EmergencyPublication

REASON = "Die Telefonnummer der Krisenhilfe ist falsch."
TITLE = "Tag der offenen Tür"


@pytest.fixture(autouse=True)
def quiet_cache():
    """What other tests have sent is none of ours."""
    cache.clear()
    yield
    cache.clear()


def add_url(kind: type[Page], parent: Page) -> str:
    return reverse(
        "wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, parent.pk]
    )


@pytest.fixture
def world(house, region, editor, administrator) -> SimpleNamespace:
    """A house with its lists, and who writes for it."""
    return SimpleNamespace(house=house, editor=editor, administrator=administrator)


def creation(kind: type[Page], index: Callable[[Page], Page]) -> Callable[[Any], Any]:
    """A form of a new page, as its author sends it."""

    def prepare(world: Any) -> tuple[Any, str, dict[str, Any], dict[str, str]]:
        address = add_url(kind, index(world.house))
        client = Client()
        client.force_login(world.editor)
        form = client.get(address).context["form"]
        return world.editor, address, blank_data(form, title=TITLE, slug="offene-tuer"), {}

    return prepare


def enquiry(world: Any) -> tuple[Any, str, dict[str, Any], dict[str, str]]:
    """The form of a visitor."""
    typed = {
        "name": "Mirko Feldhaus",
        "side": "zo",
        "email": "mirko@example.org",
        "message": "Wer hilft uns weiter?",
        "consent": "on",
        "stamp": new_stamp(EnquiryForm.form_key, 60),
    }
    return None, "/haeuser/kreis-steinfurt/anfrage/", typed, {"Origin": "http://testserver"}


def emergency(world: Any) -> tuple[Any, str, dict[str, Any], dict[str, str]]:
    """The form that publishes without a review."""
    page = builders.build_news(builders.build_news_index(world.house), world.editor, title=TITLE)
    address = reverse("emergency_publication", args=[page.pk])
    version = str(page.latest_revision_id)
    return world.administrator, address, {"reason": REASON, "version": version}, {}


FORMS = {
    "news": (creation(NewsPage, builders.build_news_index), NewsPage),
    "example": (creation(ExamplePage, builders.build_example_index), ExamplePage),
    "enquiry": (enquiry, Enquiry),
    "emergency": (emergency, EmergencyPublication),
}


def send(user: Any, address: str, typed: dict[str, Any], headers: dict[str, str]) -> Any:
    """Send a form from a window of its own."""
    client = Client()
    if user:
        client.force_login(user)
    return client.post(address, typed, headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_three_times_has_one_effect_and_one_answer(world, name):
    prepare, model = FORMS[name]
    form = prepare(world)
    answers = [send(*form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert model._default_manager.count() == 1
    assert len({answer.url for answer in answers[1:]}) == 1


def sent_twice(world, accept: str = "text/html"):
    """What the second of two alike forms of a new page is answered, and where that leads."""
    prepare, _model = FORMS["news"]
    user, address, typed, headers = prepare(world)
    send(user, address, typed, headers)
    client = Client()
    client.force_login(user)
    return client.post(address, typed, headers={**headers, "accept": accept}, follow=True)


@pytest.mark.django_db
def test_two_of_the_forms_lead_to_the_page_and_say_so(world):
    answer = sent_twice(world)
    page = NewsPage.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "zweimal abgeschickt" in answer.content.decode()


@pytest.mark.django_db
def test_who_writes_the_same_again_is_told_so_while_typing(world):
    answer = sent_twice(world, accept="application/json")
    assert answer.status_code == 409
    # Wagtail's script shows the message of this code; of others it says that the server has failed.
    assert answer.json()["error_code"] == "locked"
    assert "eben schon angelegt" in answer.json()["error_message"]


@pytest.mark.django_db
def test_a_page_that_was_deleted_meanwhile_is_made_again(world):
    prepare, _model = FORMS["news"]
    form = prepare(world)
    send(*form)
    NewsPage.objects.get().delete()
    send(*form)
    assert NewsPage.objects.count() == 1


@pytest.mark.django_db
def test_a_form_that_was_refused_is_carried_out_when_it_is_sent_again(world):
    user, address, typed, headers = enquiry(world)
    send(user, address, typed, {})
    assert Enquiry.objects.count() == 0
    send(user, address, typed, headers)
    assert Enquiry.objects.count() == 1


@pytest.mark.django_db
def test_the_same_person_may_write_something_else(world):
    user, address, typed, headers = enquiry(world)
    send(user, address, typed, headers)
    send(user, address, typed | {"message": "Noch etwas anderes."}, headers)
    assert Enquiry.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_three_times_at_once_has_one_effect(world, name):
    prepare, model = FORMS[name]
    form = prepare(world)
    answers = at_once([form] * 3)
    assert [answer.status_code for answer in answers] == [302] * 3
    assert model._default_manager.count() == 1
    if name == "enquiry":
        assert OutgoingMail.objects.filter(recipient="mirko@example.org").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_three_different_pages_at_once_are_three_pages(world):
    prepare, _model = FORMS["news"]
    user, address, typed, headers = prepare(world)
    forms = [
        (user, address, typed | {"title": f"{TITLE} {n}", "slug": f"tag-{n}"}, headers)
        for n in range(3)
    ]
    answers = at_once(forms)
    assert [answer.status_code for answer in answers] == [302] * 3
    assert NewsPage.objects.count() == 3
    assert Page.find_problems() == ([], [], [], [], [])


def at_once(forms: list[Any]) -> list[Any]:
    """Send several forms at the same moment, from threads with connections of their own."""
    barrier, answers = threading.Barrier(len(forms)), []

    def work(form: Any) -> None:
        try:
            barrier.wait(timeout=10)
            answers.append(send(*form))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[form]) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers

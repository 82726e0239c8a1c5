"""Suggestions while typing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demo.builders import build_home, build_news, build_standard, ensure_term
from tests.databases.templates import Template
from tests.search.conftest import NATION
from tests.search.factories import author, make_entry, published, yesterday

pytestmark = pytest.mark.django_db


def build() -> None:
    """A topic, news of it, and a glossary."""
    build_home()
    ensure_term("topic", "mentoring", "Mentoring")
    published(build_news(user=author(), title="Mentoring in der Backstube"))
    published(build_news(user=author(), title="Blutspende im Betrieb"))
    entry = {"zo": "Mensch", "kmu": "Personal", "explanation": "Wer mitmacht."}
    body = [("glossary", {"entries": [entry]})]
    published(build_standard(user=author(), title="Wörterbuch", body=body))


@pytest.fixture
def database_template() -> Template:
    return Template("suggestions", build, NATION, files=("tests/search/factories.py",))


def suggested(client: Client, typed: str) -> dict[str, str]:
    """Kinds of what is suggested, by its text."""
    answer = client.get("/suche/vorschlaege/", {"q": typed})
    assert answer.status_code == 200
    return {one["text"]: one["kind"] for one in answer.json()["suggestions"]}


def test_topics_pages_and_words_of_the_glossary_are_suggested(client: Client) -> None:
    found = suggested(client, "men")

    assert found["Mentoring"] == "Thema"
    assert found["Mentoring in der Backstube"] == "Nachricht"
    assert found["Mensch"] == "Erklärtes Wort"


def test_places_are_suggested_by_name_and_postal_code(client: Client) -> None:
    assert suggested(client, "Zitt") == {"Zittau (Landkreis Görlitz)": "Ort"}
    assert suggested(client, "4843")["Rheine (Kreis Steinfurt)"] == "Ort"


def test_the_words_before_the_last_must_be_there(client: Client) -> None:
    assert list(suggested(client, "Blutspende im Betr")) == ["Blutspende im Betrieb"]
    assert suggested(client, "Mentoring Betr") == {}


@pytest.mark.parametrize(
    "typed",
    ["", "m", " ", '"', "*", "%", "\0", "x" * 5000, "ÄÖ", "-", "𝕏y", "ab\U0010ffff", "ab\ud7ff"],
)
def test_anything_typed_is_answered(client: Client, typed: str) -> None:
    suggested(client, typed)


def test_suggestions_cost_few_queries(client: Client) -> None:
    suggested(client, "Ment")
    with CaptureQueriesContext(connection) as warm:
        suggested(client, "Mento")

    # The words, the full text, the titles, the pages, the content version, the site.
    assert len(warm) <= 6


def test_words_that_begin_with_the_last_letter_typed_are_found(client: Client) -> None:
    published(build_news(user=author(), title="Netzwerk der Vereine"))

    assert "Netzwerk der Vereine" in suggested(client, "Netz")


def test_newer_pages_of_another_language_take_no_place(client: Client) -> None:
    for number in range(40):
        make_entry(900_000 + number, "Mentoring", locale="en")

    assert "Mentoring in der Backstube" in suggested(client, "mentoring")


def test_what_has_expired_is_not_suggested(client: Client) -> None:
    published(build_news(user=author(), title="Mentoring vorbei", expires_on=yesterday()))

    assert "Mentoring vorbei" not in suggested(client, "mentoring")
    assert "Mentoring in der Backstube" in suggested(client, "mentoring")

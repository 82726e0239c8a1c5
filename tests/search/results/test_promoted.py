"""Pages that editors promote stand first for the words they chose, for a time."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from demo.builders import build_news, build_news_index
from demo.people import build_national_editor
from search.models import PromotedResult
from tests.search.factories import author, published, tomorrow, yesterday

pytestmark = pytest.mark.django_db

MARKED = "Von der Redaktion empfohlen"


@pytest.fixture
def page() -> Any:
    """A public page that is not found by the words it is promoted for."""
    return published(build_news(user=author(), title="Ein Chor im Betrieb"))


def promote(page: Any, words: str = "Zuschuss Verein", **more: Any) -> PromotedResult:
    record = PromotedResult(words=words, page=page, **more)
    record.full_clean()
    record.save()
    return record


def shown(address: str) -> str:
    return Client().get(f"/suche/?{address}").content.decode()


@pytest.mark.usefixtures("engine")
def test_promoted_page_stands_first_and_is_marked(page: Any) -> None:
    published(build_news(user=author(), title="Zuschüsse für Vereine"))
    promote(page, reason="Anträge bis 30. Juni")

    html = shown("q=Vereine+Zuschüsse")

    assert MARKED in html
    assert "Anträge bis 30.\u00a0Juni" in html
    assert html.index("Ein Chor im Betrieb") < html.index(">Zuschüsse")


def test_promoted_page_is_shown_once(page: Any) -> None:
    promote(page, "Chor")

    assert shown("q=Chor").count(f'href="{page.url}"') == 1


@pytest.mark.parametrize(
    "address",
    [
        "q=Zuschuss",
        "q=Zuschuss+Verein+Imkerei",
        "q=Zuschuss+Verein&typ=aktuelles",
        "q=Zuschuss+-Verein",
        "",
    ],
)
def test_other_searches_do_not_show_it(page: Any, address: str) -> None:
    promote(page)

    assert MARKED not in shown(address)


def test_promotion_has_a_period(page: Any) -> None:
    promote(page, "Zuschuss", last_day=yesterday())
    promote(page, "Beihilfe", first_day=tomorrow())
    today = promote(page, "Prämie", first_day=yesterday(), last_day=tomorrow())

    assert MARKED not in shown("q=Zuschuss")
    assert MARKED not in shown("q=Beihilfe")
    assert MARKED in shown("q=Prämie")

    today.delete()
    assert MARKED not in shown("q=Prämie")


def test_what_is_no_longer_public_is_not_shown(page: Any) -> None:
    promote(page)
    page.unpublish()

    assert MARKED not in shown("q=Zuschuss+Verein")


def test_lists_and_feeds_have_none(page: Any, house: Any) -> None:
    build_news_index(house)
    promote(page, "Raumzirkel")

    assert MARKED not in Client().get("/aktuelles/?q=Raumzirkel").content.decode()
    assert "Ein Chor" not in shown("q=Raumzirkel&format=json")


def test_what_would_never_be_shown_is_refused(page: Any) -> None:
    draft = build_news(user=author(), title="Ein Entwurf")
    with pytest.raises(ValidationError) as refused:
        promote(draft, "und", first_day=datetime.date.max, last_day=datetime.date.min)

    assert set(refused.value.error_dict) == {"words", "page", "last_day"}


def test_national_editors_add_them_and_houses_do_not(page: Any, editor: Any) -> None:
    data = {"words": "Zuschuss", "page": page.pk, "reason": "", "first_day": "", "last_day": ""}
    for user, is_allowed in ((editor, False), (build_national_editor("n@example.org"), True)):
        client = Client()
        client.force_login(user)
        client.post(reverse("promoted_results:add"), data)
        assert PromotedResult.objects.exists() is is_allowed


def test_the_only_hit_being_promoted_is_not_called_nothing(page: Any) -> None:
    promote(page, "Chor")
    assert 'class="nothing"' not in shown("q=Chor")

"""Suggested pages: of every kind that rooms recommend, cheap even when nothing is cached."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checks.definition import Item, Section
from checks.results import suggestions
from checks.results.scoring import Need
from checks.results.suggestions import Suggestions, search_url
from cms.delivery import content_version
from cms.models.sides import Side
from demo.builders import build_example, build_form
from demo.builders.funding import build_funding
from demo.review import publish
from funding.choices import Applicant
from funding.models import FundingIndexPage

pytestmark = pytest.mark.django_db

SECTION = Section("s", "Menschen", "", ())
#: What one need may ask of a database when nothing is cached.
QUERIES_PER_NEED = 6


def need(*keywords: str) -> Need:
    item = Item("a", "need", "Läuft A?", advice="Rat", tags=", ".join(keywords))
    return Need(item, SECTION, "Rat")


def titles(found: list[suggestions.SuggestedPage]) -> list[str]:
    return [page.title for page in found]


@pytest.fixture
def form(national_editor, second_national_editor):
    """A public form of cooperation that has to do with training."""
    return publish(build_form(user=national_editor), national_editor)


@pytest.fixture
def example(form, national_editor):
    """A public example of it."""
    return publish(build_example(user=national_editor, form=form), national_editor)


@pytest.fixture
def programme(national_editor, second_national_editor):
    """A programme for training that is open until tomorrow."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    page = build_funding(
        user=national_editor,
        title="Geld für Ausbildung",
        deadline_kind="runden",
        rounds=[(None, tomorrow)],
    )
    return publish(page, national_editor)


def test_every_kind_is_suggested_in_its_order(form, example, programme):
    found = Suggestions("de").for_need(need("Ausbildung"))
    assert titles(found) == [form.title, example.title, programme.title]


def test_a_kind_is_not_crowded_out_by_better_pages_of_another(form, national_editor):
    for number in range(6):
        title = f"Ausbildung in der Ausbildung {number}"
        publish(build_example(user=national_editor, form=form, title=title), national_editor)
    assert form.title in titles(Suggestions("de").for_need(need("Ausbildung")))


def test_each_page_is_suggested_as_seldom_as_possible(form, national_editor):
    other = publish(build_form(user=national_editor, title="Ausbildung teilen"), national_editor)
    found = Suggestions("de")
    both = [*found.for_need(need("Ausbildung")), *found.for_need(need("Ausbildung"))]
    assert sorted(titles(both)) == sorted([form.title, other.title])


def test_needs_cost_few_queries_when_nothing_is_cached(form, example, programme):
    words = ("Ausbildung", "Werkstatt", "Mentoring", "Verein", "Betrieb", "Freiwillige")
    content_version.clear()
    Suggestions("de").for_need(need("Jugendliche"))
    with CaptureQueriesContext(connection) as captured:
        found = Suggestions("de")
        for word in words:
            found.for_need(need(word))
    assert len(captured) <= QUERIES_PER_NEED * len(words)


def test_needs_cost_no_query_a_minute_later(form, monkeypatch, django_assert_num_queries):
    Suggestions("de").for_need(need("Ausbildung"))
    later = timezone.now() + datetime.timedelta(seconds=90)
    monkeypatch.setattr("time.time", later.timestamp)
    with django_assert_num_queries(0):
        Suggestions("de").for_need(need("Ausbildung"))


def test_what_is_over_is_not_suggested_any_more(programme, monkeypatch):
    assert programme.title in titles(Suggestions("de").for_need(need("Ausbildung")))
    over = programme.delisted_at
    monkeypatch.setattr(timezone, "now", lambda: over)
    assert titles(Suggestions("de").for_need(need("Ausbildung"))) == []


def test_a_programme_for_all_of_germany_comes_first_without_a_place(
    national_editor, second_national_editor
):
    _local, nationwide = (
        publish(
            build_funding(user=national_editor, title=f"Ausbildung {area}", area=area),
            national_editor,
        )
        for area in ("Bayern", "Bund")
    )
    found = Suggestions("de")
    both = [titles(found.for_need(need("Ausbildung"))) for _time in range(2)]
    assert both == [[nationwide.title]] * 2


@pytest.mark.parametrize(
    ("origin", "found"),
    [("Kreis Steinfurt", True), ("Landkreis Görlitz", False), ("", False)],
    ids=["its own region", "another region", "a place without a house"],
)
def test_a_programme_of_a_house_is_suggested_to_its_region_only(
    house, national_editor, second_national_editor, origin, found
):
    index = FundingIndexPage.objects.child_of(house).get()
    local = build_funding(index, national_editor, title="Geld für Ausbildung", area="Steinfurt")
    publish(local, national_editor)
    suggested = Suggestions("de", origin, is_place_known=True).for_need(need("Ausbildung"))
    assert (local.title in titles(suggested)) is found


def test_money_for_companies_only_is_not_suggested_to_an_association(
    national_editor, second_national_editor
):
    roles = {Applicant.SMALL_COMPANY: "allein"}
    programme = build_funding(user=national_editor, title="Geld für Ausbildung", roles=roles)
    publish(programme, national_editor)
    by_side = [
        titles(Suggestions("de", side=side).for_need(need("Ausbildung")))
        for side in (Side.ZO, Side.KMU)
    ]
    assert by_side == [[], [programme.title]]


def test_a_need_without_keywords_has_neither_pages_nor_a_search(form):
    assert Suggestions("de").for_need(need()) == []
    assert search_url(need()) == ""


def test_the_search_for_more_has_the_keywords():
    assert search_url(need("Ausbildung", "Team")) == "/suche/?q=Ausbildung+Team"

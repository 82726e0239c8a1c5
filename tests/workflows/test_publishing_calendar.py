"""The publishing calendar: everything on its day, for whom it concerns, and nobody else's."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page, Revision, TaskState

from demo.builders import build_news, build_news_index, build_standard, house_of_region
from demo.people import build_person
from demo.review import publish, submit
from search.models import Entry

pytestmark = pytest.mark.django_db

CALENDAR = reverse("publishing_calendar")
MONTH = "2026-12"


def at(day: int, hour: int = 9) -> datetime.datetime:
    """A moment in December 2026."""
    return datetime.datetime(2026, 12, day, hour, tzinfo=ZoneInfo("Europe/Berlin"))


def change(page: Page, **values: Any) -> None:
    type(page).objects.filter(pk=page.pk).update(**values)


@pytest.fixture
def public(news, editor, lead):
    """A public piece of news of the region."""
    return publish(news, editor)


@pytest.fixture
def foreign(other_region, other_lead, national_editor):
    """A public piece of news of the other region, to be checked in the month."""
    index = build_news_index(house_of_region(other_region))
    page = build_news(index, national_editor, title="Aus Görlitz", slug="aus-goerlitz")
    public = publish(page, national_editor)
    change(public, check_again_on=at(4).date())
    return public


@pytest.fixture
def shown(sign_in):
    """What somebody sees, by day: what happens and to which page."""

    def shown(user: Any, query: str = f"monat={MONTH}") -> list[tuple[str, str, str]]:
        response = sign_in(user).get(f"{CALENDAR}?{query}")
        assert response.status_code == 200
        html = BeautifulSoup(response.content, "html.parser")
        return [
            (
                item.find_parent("td").time["datetime"],
                " ".join(item.select_one(".calendar__what").get_text().split()),
                item.a.get_text(),
            )
            for item in html.select(".calendar li")
        ]

    return shown


def test_everything_stands_on_its_day(public, house, editor, lead, shown) -> None:
    days = {"check_again_on": at(3).date(), "expires_on": at(4).date(), "expire_at": at(5, 18)}
    change(public, draft_title="Neuer Titel", **days)
    Entry.objects.filter(page_id=public.pk).update(dates={"frist": [[None, "2026-12-06"]]})
    planned = build_news(build_news_index(house), editor, title="Geplant", slug="geplant")
    Revision.objects.filter(pk=planned.latest_revision_id).update(approved_go_live_at=at(7, 8))
    waiting = build_news(build_news_index(house), editor, title="Wartet", slug="wartet")
    submit(waiting, editor)
    # Tuesday; three working days later it is Friday.
    TaskState.objects.update(started_at=at(8))
    assert shown(lead) == [
        ("2026-12-03", "wieder zu prüfen", "Neuer Titel"),
        ("2026-12-04", "letzter Tag in Listen", "Neuer Titel"),
        ("2026-12-05", "wird abgeschaltet, 18:00", "Neuer Titel"),
        ("2026-12-06", "Frist", "Neuer Titel"),
        ("2026-12-07", "wird öffentlich, 08:00", "Geplant"),
        ("2026-12-11", "Prüfung ist fällig", "Wartet"),
    ]
    assert shown(editor) == shown(lead)
    assert shown(lead, "monat=2027-01") == []


@pytest.mark.parametrize("house", ["", "landkreis-goerlitz", "bund", "unbekannt"])
def test_nobody_sees_another_house_whatever_they_ask_for(public, foreign, lead, shown, house):
    change(public, check_again_on=at(3).date())
    titles = {title for _day, _what, title in shown(lead, f"monat={MONTH}&haus={house}")}
    assert titles == {public.title}


@pytest.mark.parametrize(
    ("house", "titles"),
    [
        ("", {"Kooperationsfrühstück in Emsdetten", "Aus Görlitz", "Vom Bund"}),
        ("landkreis-goerlitz", {"Aus Görlitz"}),
        ("bund", {"Vom Bund"}),
    ],
)
def test_desk_sees_all_or_what_it_chooses(
    public, foreign, national_editor, second_national_editor, shown, house, titles
) -> None:
    national = build_standard(user=national_editor, title="Vom Bund", slug="vom-bund")
    Revision.objects.filter(pk=national.latest_revision_id).update(approved_go_live_at=at(7))
    change(public, check_again_on=at(3).date())
    found = shown(national_editor, f"monat={MONTH}&haus={house}")
    assert {title for _day, _what, title in found} == titles


def test_who_works_nowhere_is_refused(region, sign_in) -> None:
    assert sign_in(build_person("gast@example.org")).get(CALENDAR).status_code in (302, 403)


@pytest.mark.parametrize("month", ["2026-13", "dezember", "0000-01", "2026-1a", "99999-01"])
def test_month_that_is_none_is_answered_in_german(lead, sign_in, month) -> None:
    body = sign_in(lead).get(f"{CALENDAR}?monat={month}").content.decode()
    assert "Diesen Monat gibt es in diesem Kalender nicht" in body


def test_one_walks_from_month_to_month(national_editor, region, sign_in) -> None:
    response = sign_in(national_editor).get(f"{CALENDAR}?monat=2026-12&haus={region.slug}")
    html = BeautifulSoup(response.content, "html.parser")
    links = {link["rel"][0]: link["href"] for link in html.select(".calendar-head a[rel]")}
    house = f"&haus={region.slug}"
    assert links == {"prev": f"?monat=2026-11{house}", "next": f"?monat=2027-01{house}"}
    assert "In diesem Monat ist nichts geplant oder fällig." in html.get_text()
    assert "Veröffentlichungskalender" in html.select_one("h1").get_text(strip=True)


def test_start_page_and_menu_lead_there(editor, sign_in) -> None:
    body = sign_in(editor).get(reverse("wagtailadmin_home")).content.decode()
    assert f'<a href="{CALENDAR}">' in body
    assert body.count(CALENDAR) == 2

"""News: date, topics, and when it is no longer listed."""

import datetime

import pytest
from django.utils import timezone

from demo.builders import build_news, build_news_index
from demo.review import publish
from news.models import NewsPage

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def listed(client, address: str = "/aktuelles/") -> list[str]:
    return [str(hit.title) for hit in client.get(address).context["results"].hits]


def test_today_is_the_date_unless_somebody_says_otherwise():
    assert NewsPage().date == timezone.localdate()


def test_newest_first(client, house, editor, lead):
    index = build_news_index(house)
    for title, day in (("Alt", 1), ("Neu", 3), ("Mittel", 2)):
        page = build_news(index, editor, title=title, date=datetime.date(2026, 3, day))
        publish(page, editor)
    assert listed(client) == ["Neu", "Mittel", "Alt"]


@pytest.mark.parametrize("days, found", [(0, True), (-1, False)])
def test_expired_news_is_not_listed(client, house, editor, lead, days, found):
    expires = timezone.localdate() + days * DAY
    publish(build_news(build_news_index(house), editor, expires_on=expires), editor)
    assert bool(listed(client)) is found


def test_expired_news_stays_readable(client, house, editor, lead):
    expired = timezone.localdate() - DAY
    page = publish(build_news(build_news_index(house), editor, expires_on=expired), editor)
    assert client.get(page.url).status_code == 200


def test_topics_lead_to_the_list(client, house, editor, lead):
    page = publish(build_news(build_news_index(house), editor, topics=["kultur"]), editor)
    html = client.get(page.url).content.decode()
    assert f'href="{house.url}aktuelles/?thema=kultur"' in html


def test_list_of_the_house_filters_by_topic(client, house, editor, lead):
    index = build_news_index(house)
    publish(build_news(index, editor, title="Kultur", topics=["kultur"]), editor)
    publish(build_news(index, editor, title="Sport", topics=["sport"]), editor)
    assert listed(client, f"{house.url}aktuelles/?thema=sport") == ["Sport"]


def test_topics_cost_two_queries(house, editor, lead, django_assert_num_queries):
    page = build_news(build_news_index(house), editor, topics=["kultur", "sport", "bildung"])
    page = NewsPage.objects.get(pk=publish(page, editor).pk)
    with django_assert_num_queries(2):
        assert {term.label for term in page.topics.all()} == {"Kultur", "Sport", "Bildung"}

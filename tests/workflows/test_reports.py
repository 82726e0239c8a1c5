"""The report on pages to be checked again (F27: quality assurance)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from demo.builders import build_news, build_news_index, build_standard, house_of_region
from demo.review import publish
from workflows.freshness import checks_due

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def due(page, days: int = 0):
    """``page``, to be checked again so many days from today."""
    page.check_again_on = timezone.localdate() + days * DAY
    page.save()
    return page


@pytest.fixture
def public(news, editor, lead):
    """A public piece of news of the region."""
    return publish(news, editor)


@pytest.fixture
def foreign(other_region, other_lead, national_editor):
    """A public piece of news of the other region, due today."""
    index = build_news_index(house_of_region(other_region))
    page = build_news(index, national_editor, title="Aus Görlitz", slug="aus-goerlitz")
    return due(publish(page, national_editor))


def listed(client) -> list[str]:
    response = client.get(reverse("checks_due"))
    assert response.status_code == 200
    return [page.title for page in response.context["object_list"]]


@pytest.mark.parametrize("days", [0, -30])
def test_page_is_due_from_its_day(public, days):
    due(public, days)
    assert [page.pk for page in checks_due()] == [public.pk]


def test_page_is_not_due_before_its_day(public):
    due(public, 1)
    assert not checks_due().exists()


def test_page_without_a_day_is_never_due(public):
    public.check_again_on = None
    public.save()
    assert not checks_due().exists()


def test_draft_is_not_due(news):
    due(news)
    assert not checks_due().exists()


def test_longest_waiting_comes_first_whatever_its_type(
    public, national_editor, second_national_editor
):
    older = due(publish(build_standard(user=national_editor), national_editor), -5)
    due(public, -3)
    assert [page.pk for page in checks_due()] == [older.pk, public.pk]


@pytest.mark.parametrize("who", ["editor", "lead"])
def test_house_sees_its_own(request, who, public, foreign, sign_in):
    due(public)
    assert listed(sign_in(request.getfixturevalue(who))) == [public.title]


def test_desk_sees_all(public, foreign, sign_in, national_editor):
    due(public, -1)
    assert listed(sign_in(national_editor)) == [public.title, "Aus Görlitz"]


def test_export_keeps_to_one_s_own(public, foreign, sign_in, lead):
    due(public)
    response = sign_in(lead).get(reverse("checks_due") + "?export=csv")
    text = b"".join(response.streaming_content).decode()
    assert public.title in text
    assert "Aus Görlitz" not in text


def test_report_is_in_the_menu(sign_in, lead):
    text = sign_in(lead).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("checks_due") in text


def test_table_leads_to_the_editor(public, sign_in, lead):
    due(public)
    text = sign_in(lead).get(reverse("checks_due")).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[public.pk]) in text


def test_empty_report_says_that_nothing_is_to_be_done(sign_in, lead):
    answer = sign_in(lead).get(reverse("checks_due")).content.decode()
    assert "Zurzeit ist keine Seite wieder zu prüfen." in answer

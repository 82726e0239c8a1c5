"""What lists say about a page: its state, whom it waits for, since when and why."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from demo import review
from demo.builders import build_news
from demo.people import build_lead
from workflows.page_state import PageState, page_states


def state_of(page: Page) -> PageState:
    return page_states([Page.objects.get(pk=page.pk)])[page.pk]


def drafted(page: Any, user: Any, title: str) -> Page:
    """``page`` with a draft that differs from what is public."""
    draft = Page.objects.get(pk=page.pk).specific
    draft.title = title
    draft.save_revision(user=user)
    return Page.objects.get(pk=page.pk).specific


def test_page_nobody_submitted_is_a_draft(news):
    assert state_of(news) == PageState("Entwurf")


def test_submitted_page_waits_for_the_leads(news, editor, lead):
    review.submit(news, editor)
    state = state_of(news)
    assert (state.label, state.waiting_for) == ("bei der Leitung", "die Leitung des Hauses")
    assert state.since == Page.objects.get(pk=news.pk).current_workflow_task_state.started_at


def test_page_the_house_approved_waits_for_the_desk(example, editor, lead, national_editor):
    review.submit(example, editor)
    review.approve(example, lead)
    assert state_of(example).label == "beim Bund"


def test_page_of_the_only_lead_waits_for_the_desk(news, editor, lead, national_editor):
    drafted(news, lead, "Von der Leitung")
    review.submit(Page.objects.get(pk=news.pk).specific, lead)
    assert state_of(news).label == "beim Bund"


def test_page_of_one_of_two_leads_waits_for_the_other(news, region, lead, national_editor):
    build_lead(region, "zweite@example.org")
    review.submit(drafted(news, lead, "Von der Leitung"), lead)
    assert state_of(news).label == "bei der Leitung"


def test_page_sent_back_says_why_and_waits_for_its_submitter(news, editor, lead):
    review.submit(news, editor)
    review.request_changes(news, "Bitte kürzer.", lead)
    state = state_of(news)
    assert (state.label, state.reason) == ("zurückgegeben", "Bitte kürzer.")
    assert state.waiting_for == editor.get_full_name()


def test_public_page_is_public(lead, public_news):
    assert state_of(public_news) == PageState("öffentlich")


def test_public_page_with_a_draft_is_public_with_changes(lead, public_news, editor):
    drafted(public_news, editor, "Neu")
    assert state_of(public_news).label == "öffentlich mit Änderungen"


def test_public_page_in_review_says_both(lead, public_news, editor):
    review.submit(drafted(public_news, editor, "Neu"), editor)
    assert state_of(public_news).label == "öffentlich, Änderung bei der Leitung"


def test_explorer_names_the_state(client, news, editor, lead):
    review.submit(news, editor)
    review.request_changes(news, "Bitte kürzer.", lead)
    client.force_login(editor)
    shown = client.get(reverse("wagtailadmin_explore", args=[news.get_parent().pk]))
    assert "zurückgegeben" in shown.content.decode()


@pytest.mark.usefixtures("lead")
def test_states_of_many_pages_cost_as_much_as_of_one(news, editor, django_assert_max_num_queries):
    index = news.get_parent().specific
    pages = [news] + [build_news(index, editor, title=f"Nachricht {n}") for n in range(4)]
    for page in pages:
        review.submit(page, editor)
    with CaptureQueriesContext(connection) as one:
        page_states(Page.objects.filter(pk=news.pk))
    with django_assert_max_num_queries(len(one)):
        states = page_states(Page.objects.filter(pk__in=[page.pk for page in pages]))
    assert {state.label for state in states.values()} == {"bei der Leitung"}
    # The pages themselves are one more.
    assert len(one) <= 5 + 1

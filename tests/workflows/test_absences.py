"""Nothing waits for a reviewer or an author who is away; a deputy has no right beyond their own."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from demo.builders import build_news, build_news_index, text_body
from demo.people import build_lead
from demo.review import approve, submit
from regions.models import Absence
from regions.people import absences
from workflows.approval_forms import PassOnForm
from workflows.corrections import open_question
from workflows.models import Claim, claims

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def deputy(region):
    """Another lead of the house."""
    return build_lead(region, "vertretung@example.org", first_name="Bodo", last_name="Zweiter")


def step_of(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific.current_workflow_task_state


def test_claim_passes_to_the_deputy_on_the_first_day(news, editor, lead, deputy) -> None:
    submit(news, editor)
    claims.take(step_of(news), lead)
    absences.state(lead, TODAY + WEEK, TODAY + 2 * WEEK, deputy)
    absences.follow_days()
    assert Claim.objects.get().user == lead
    Absence.objects.update(starts_on=TODAY)
    absences.follow_days()
    assert Claim.objects.get().user == deputy


def test_claim_is_released_where_nobody_stands_in(news, editor, lead) -> None:
    submit(news, editor)
    claims.take(step_of(news), lead)
    absences.state(lead, TODAY, TODAY + WEEK)
    assert not Claim.objects.exists()


def test_deputy_who_wrote_the_text_neither_gets_nor_approves_it(
    news, editor, lead, deputy, national_editor
) -> None:
    draft = Page.objects.get(pk=news.pk).specific
    draft.title = "Von der Vertretung"
    draft.save_revision(user=deputy)
    submit(Page.objects.get(pk=news.pk).specific, editor)
    claims.take(step_of(news), lead)
    absences.state(lead, TODAY, TODAY + WEEK, deputy)
    assert not Claim.objects.exists()
    page = Page.objects.get(pk=news.pk).specific
    assert list(page.current_workflow_task.reviewers(page)) == [national_editor]
    actions = page.current_workflow_task.get_actions(page, deputy)
    assert "approve" not in {name for name, _label, _modal in actions}


def test_who_is_away_may_still_decide(news, editor, lead) -> None:
    submit(news, editor)
    absences.state(lead, TODAY, TODAY + WEEK)
    assert approve(news, lead).live


def test_a_desk_that_is_all_away_is_asked_nevertheless(example, editor, lead, national_editor):
    absences.state(national_editor, TODAY, TODAY + WEEK)
    submit(example, editor)
    approve(example, lead)
    page = Page.objects.get(pk=example.pk).specific
    assert list(page.current_workflow_task.reviewers(page)) == [national_editor]


def test_deputies_are_offered_first(region, news, editor, lead, deputy) -> None:
    build_lead(region, "a@example.org", first_name="Anna", last_name="Anders")
    absences.state(lead, TODAY + WEEK, TODAY + WEEK, deputy)
    submit(news, editor)
    form = PassOnForm(colleagues=claims.colleagues(step_of(news), lead))
    labels = [label for _value, label in form.fields["successor"].choices]
    assert labels == ["Bodo Zweiter (Ihre Vertretung)", "Anna Anders"]


def test_bar_and_boards_say_who_is_away(news, editor, lead, deputy, sign_in) -> None:
    submit(news, editor)
    absences.state(lead, TODAY, TODAY + WEEK, deputy)
    said = f"Annette Leitung: {Absence.objects.get().phrase}"
    client = sign_in(editor)
    for url in (reverse("wagtailadmin_pages:edit", args=[news.pk]), reverse("wagtailadmin_home")):
        page = BeautifulSoup(client.get(url).content, "html.parser")
        assert said in " ".join(page.get_text(" ").split())
    assert said.endswith("Vertretung: Bodo Zweiter")


def test_desk_has_on_its_board_what_the_only_lead_leaves(
    news, editor, lead, national_editor, sign_in
) -> None:
    submit(news, editor)
    absences.state(lead, TODAY, TODAY + WEEK)
    (board,) = sign_in(national_editor).get(reverse("wagtailadmin_home")).context["panels"]
    sections = {section.name: section for section in board.sections}
    assert sections["desk-reviews"].listing.total == 1


def test_an_author_who_is_away_is_not_asked_about_a_slip(house, editor, lead, deputy) -> None:
    index = build_news_index(house)
    page = build_news(index, editor, body=text_body("<p>Gesichter aus Verienen im Ort.</p>"))
    submit(page, editor)
    draft = Page.objects.get(pk=page.pk).specific
    draft.body = text_body("<p>Gesichter aus Vereinen im Ort.</p>")
    draft.save_revision(user=lead)
    absences.state(editor, TODAY, TODAY + WEEK)
    approve(page, lead)
    fresh = Page.objects.get(pk=page.pk).specific
    assert open_question(fresh) is None
    assert list(fresh.current_workflow_task.reviewers(fresh)) == [deputy]

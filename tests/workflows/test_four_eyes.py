"""Who may not approve: the author and who submitted the text, not who saved it unchanged."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, TaskState

from demo.builders import build_news, build_news_index
from demo.people import build_lead
from demo.review import approve, submit
from workflows.dashboard.review_rows import reviews
from workflows.gate import PublishRefused


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def saved_by(user: Any, page: Page, **typed: str) -> Revision:
    """A draft as the editor saves it, with what ``user`` typed."""
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in typed.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user)


def offered_on_dashboard(user: Any) -> list[str]:
    (line,) = reviews(user, TaskState.objects.reviewable_by(user))
    return [name for name, _label, _modal in line.actions]


def test_who_saves_a_submitted_text_unchanged_can_approve_it(news, editor, lead):
    submit(news, editor)
    saved_by(lead, news)
    assert approve(news, lead).live


def test_who_types_something_and_takes_it_back_can_approve(news, editor, lead):
    submit(news, editor)
    typed = saved_by(lead, news, title="Verschrieben")
    draft = fresh(news).get_latest_revision_as_object()
    draft.title = news.title
    draft.save_revision(user=lead, overwrite_revision=typed)
    assert approve(news, lead).title == news.title


def test_the_approval_of_the_house_holds_for_a_text_saved_unchanged(
    example, editor, lead, national_editor
):
    submit(example, editor)
    approve(example, lead)
    saved_by(national_editor, example)
    assert approve(example, national_editor).live


def test_the_dashboard_offers_to_approve_what_was_saved_unchanged(news, editor, lead):
    submit(news, editor)
    saved_by(lead, news)
    assert "approve" in offered_on_dashboard(lead)


def test_the_trail_names_the_author_beside_the_approver(news, editor, lead):
    submit(news, editor)
    saved_by(lead, news)
    approve(news, lead)
    entry = PageLogEntry.objects.get(page=news.pk, action="wagtail.workflow.approve")
    assert (entry.data["author"], entry.user) == (editor.pk, lead)


@pytest.fixture
def submitted_by_a_colleague(house, region, editor, lead, national_editor):
    """A text that one lead wrote and another lead submitted."""
    second = build_lead(region, "zweite@example.org")
    page = build_news(build_news_index(house), lead)
    saved_by(second, page)
    submit(fresh(page), second)
    return fresh(page)


def test_its_author_may_not_approve_it(submitted_by_a_colleague, lead):
    with pytest.raises(PermissionDenied):
        approve(submitted_by_a_colleague, lead)


def test_who_submitted_it_may_not_approve_it_either(submitted_by_a_colleague):
    requester = submitted_by_a_colleague.current_workflow_state.requested_by
    with pytest.raises(PermissionDenied):
        approve(submitted_by_a_colleague, requester)


def test_neither_of_the_two_is_asked_to(submitted_by_a_colleague, national_editor):
    task = submitted_by_a_colleague.current_workflow_task
    assert list(task.reviewers(submitted_by_a_colleague)) == [national_editor]


def test_the_dashboard_does_not_offer_it_to_the_author(submitted_by_a_colleague, lead):
    assert offered_on_dashboard(lead) == ["reject"]


def test_the_gate_refuses_an_approval_by_the_author(submitted_by_a_colleague, lead):
    TaskState.objects.filter(workflow_state__object_id=str(submitted_by_a_colleague.pk)).update(
        status="approved", finished_by=lead, finished_at=timezone.now()
    )
    with pytest.raises(PublishRefused):
        submitted_by_a_colleague.latest_revision.publish(skip_permission_checks=True)

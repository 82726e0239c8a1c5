"""Whoever builds a check sees it as it is filled in, and its result, before anybody else."""

import pytest
from django.urls import reverse

from checks.models import CheckRun, CheckVersion
from checks.preview import QUESTIONS, RESULT, sample_answers
from checks.results.scoring import Outcome
from demo.builders.checks import build_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(national_editor):
    """A check that was never published."""
    return build_check(user=national_editor)


@pytest.fixture
def preview(draft):
    """What the editor shows of the draft in one of its modes."""

    def preview(mode: str) -> str:
        answer = draft.make_preview_request(preview_mode=mode)
        assert answer.status_code == 200
        return answer.content.decode()

    return preview


def test_the_editor_offers_both_previews(sign_in, national_editor, draft):
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    page = sign_in(national_editor).get(address).content.decode()
    assert f'value="{QUESTIONS}"' in page
    assert f'value="{RESULT}"' in page


def test_questions_are_shown_as_they_are_filled_in(preview, draft):
    page = preview(QUESTIONS)
    assert page.count('type="radio" name="frage-g1"') == 4
    assert all(section.label in page for section in draft.definition.sections)


def test_the_result_shows_advice_and_stores_nothing(preview, draft):
    page = preview(RESULT)
    assert "Vorschau mit Beispielantworten" in page
    assert any(item.advice and item.advice in page for item in draft.definition.items())
    assert not CheckRun.objects.exists()
    assert not CheckVersion.objects.exists()


def test_sample_answers_leave_nothing_open(draft):
    outcome = Outcome(draft.definition, sample_answers(draft.definition))
    assert outcome.open_count == 0
    assert outcome.needs
    assert outcome.strengths

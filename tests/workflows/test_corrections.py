"""A small correction is agreed to as it was shown, whatever is typed into its version later."""

from typing import Any

import pytest
from wagtail.models import Page, Revision

from cms.editing.authorship import authorship
from demo.builders import build_news, build_news_index, text_body
from demo.review import approve, submit
from workflows.corrections import open_question

pytestmark = pytest.mark.django_db

WRITTEN, CORRECTED = "Menschen aus Verienen und Betrieben", "Menschen aus Vereinen und Betrieben"


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def typed(page: Page, user: Any, text: str, overwrite: Revision | None = None) -> Revision:
    """``text`` as the editor saves it, in the version it has begun."""
    draft = fresh(page).get_latest_revision_as_object()
    draft.body = text_body(f"<p>{text} kamen.</p>")
    return draft.save_revision(user=user, overwrite_revision=overwrite)


@pytest.fixture
def corrected(house, editor, lead) -> tuple[Page, Revision]:
    """A news item in review in which the lead corrected a slip, and the version with it."""
    page = build_news(build_news_index(house), editor, body=text_body(f"<p>{WRITTEN} kamen.</p>"))
    submit(page, editor)
    revision = typed(page, lead, CORRECTED)
    approve(page, lead)
    return page, revision


def test_what_is_typed_on_is_asked_about_anew(client, corrected, editor, lead):
    page, revision = corrected
    shown = open_question(fresh(page)).url
    typed(page, lead, CORRECTED.replace("und", "und aus"), revision)
    assert open_question(fresh(page)) is None
    approve(page, lead)
    client.force_login(editor)
    client.post(shown)
    assert not fresh(page).live
    client.post(open_question(fresh(page)).url)
    assert fresh(page).live


def test_who_agreed_does_not_stand_for_what_is_typed_later(client, corrected, editor, lead):
    page, _revision = corrected
    lead.groups.clear()
    client.force_login(editor)
    client.post(open_question(fresh(page)).url)
    agreed = fresh(page).get_latest_revision()
    assert authorship(fresh(page), agreed).author_id == editor.pk
    later = typed(page, lead, CORRECTED.replace("und", "und aus"), agreed)
    assert authorship(fresh(page), later).author_id == lead.pk

"""A small correction is agreed to as it was shown, whatever is typed into its version later."""

from typing import Any

import pytest
from wagtail.models import Page, Revision

from cms.editing.authorship import authorship
from cms.models import CustomImage
from demo.builders import build_news, build_news_index, text_body
from demo.review import approve, submit
from workflows.corrections import open_question
from workflows.slips import Slip

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


def test_who_agrees_reads_where_the_page_is(client, corrected, editor):
    page, _revision = corrected
    client.force_login(editor)
    answer = client.post(open_question(fresh(page)).url, follow=True)
    assert "Die Seite ist jetzt öffentlich" in answer.content.decode()


def test_what_was_added_or_left_out_is_marked():
    assert str(Slip((("", "gern"), ("sehr", "")))) == "– → „gern“, „sehr“ → –"


def test_who_agreed_does_not_stand_for_what_is_typed_later(client, corrected, editor, lead):
    page, _revision = corrected
    lead.groups.clear()
    client.force_login(editor)
    client.post(open_question(fresh(page)).url)
    agreed = fresh(page).get_latest_revision()
    assert authorship(fresh(page), agreed).author_id == editor.pk
    later = typed(page, lead, CORRECTED.replace("und", "und aus"), agreed)
    assert authorship(fresh(page), later).author_id == lead.pk


def picture(description: str) -> list[tuple[str, Any]]:
    """A block with the same picture each time, and what is said of it."""
    image, _created = CustomImage.objects.get_or_create(
        title="Werkstatt", defaults={"width": 8, "height": 5, "prepared": True}
    )
    image.contextual_alt_text, image.decorative = description, False
    return [("image", {"image": image, "caption": ""})]


@pytest.mark.parametrize(("described", "is_asked"), [("Werkbank", True), ("Schraubstock", False)])
def test_slip_beside_a_picture(house, editor, lead, described, is_asked):
    text = text_body(f"<p>{WRITTEN} kamen.</p>")
    page = build_news(
        build_news_index(house),
        editor,
        lead_image=picture("Werkbank"),
        body=[*text, *picture("Werkbank")],
    )
    submit(page, editor)
    draft = fresh(page).get_latest_revision_as_object()
    draft.body = [*text_body(f"<p>{CORRECTED} kamen.</p>"), *picture(described)]
    draft.save_revision(user=lead)
    approve(page, lead)
    assert (open_question(fresh(page)) is not None) == is_asked


def test_slip_in_a_text_that_no_editor_has_saved_yet(house, editor, lead):
    """What programs write has line breaks where the editor has none, and no keys."""
    text, quote = f"<p>{WRITTEN} kamen.</p>\n<p>Es gab <b>Kuchen</b>.</p>", "Schön!\nBis bald!"
    page = build_news(
        build_news_index(house), editor, body=[*text_body(text), ("quote", {"text": quote})]
    )
    submit(page, editor)
    key, saved = 'data-block-key="a1"', text.replace("\n", "").replace(WRITTEN, CORRECTED)
    draft = fresh(page).get_latest_revision_as_object()
    draft.body = [
        *text_body(saved.replace("<p>", f"<p {key}>")),
        ("quote", {"text": quote.replace("\n", "\r\n")}),
    ]
    draft.save_revision(user=lead)
    approve(page, lead)
    assert open_question(fresh(page)) is not None

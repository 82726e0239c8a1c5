"""Who opens an edit page, touches nothing and approves has approved."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Comment, Page, PageLogEntry, PageSubscription

from cms.models import BasePage
from cms.models.sides import Side
from demo.builders import BUILDERS, build_example
from demo.review import publish, submit
from examples.models import ExamplePartner
from regions.models import HousePage
from tests.edit_page import decision, untouched

pytestmark = pytest.mark.django_db


def by_name(model: type[BasePage]) -> str:
    return model.__name__


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def draft_of(page: Page, user: Any) -> BasePage:
    """A draft that was not public before, whether or not the builder made one."""
    if not page.has_unpublished_changes:
        page.save_revision(user=user)
    return fresh(page)


def approve_untouched(client, page: Page, user: Any, **typed: str) -> Any:
    """Open the edit page, touch nothing but ``typed``, choose to approve."""
    client.force_login(user)
    data = untouched(client.get(edit_url(page))) | decision("approve") | typed
    return client.post(edit_url(page), data, follow=True)


def review_untouched(client, page: Page) -> BasePage:
    """Every step of the review, each decided on the edit page by the first who is asked."""
    for _step in ("house", "nation"):
        page = fresh(page)
        if task := page.current_workflow_task:
            approve_untouched(client, page, task.reviewers(page).order_by("pk").first())
    return fresh(page)


@pytest.fixture
def author(national_editor, second_national_editor, lead):
    """Writes for the nation; house and desk have somebody else to approve."""
    return national_editor


@pytest.mark.parametrize("model", BUILDERS, ids=by_name)
def test_every_type_is_approved_from_its_edit_page(client, author, model):
    built = BUILDERS[model](user=author)
    if isinstance(built, HousePage):
        # A new house stands under its own name, behind which there has to be somebody.
        built.contact_name = "Vera Beispiel"
        built.save_revision(user=author)
    page = draft_of(built, author)
    submit(page, author)
    assert review_untouched(client, page).live_revision_id == page.latest_revision_id


def test_a_partner_whom_only_the_draft_has_is_no_correction(client, author):
    page = publish(build_example(user=author), author).get_latest_revision_as_object()
    page.partners.add(ExamplePartner(name="Der Chor", side=Side.ZO))
    revision = page.save_revision(user=author)
    submit(fresh(page), author)
    assert review_untouched(client, page).live_revision_id == revision.pk


def test_asking_for_mails_about_comments_is_no_correction(client, news, editor, lead):
    submit(news, editor)
    approve_untouched(client, news, lead, comment_notifications="on")
    assert PageSubscription.objects.get(page=news, user=lead).comment_notifications
    assert fresh(news).live


def actions_of(page: Page) -> list[str]:
    entries = PageLogEntry.objects.filter(page=page.pk).order_by("timestamp", "pk")
    return list(entries.values_list("action", flat=True))


def test_who_comments_can_approve_in_one_go(client, news, editor, lead):
    submit(news, editor)
    approve_untouched(client, news, lead, **comment("Schön geschrieben."))
    assert Comment.objects.get(page=news).text == "Schön geschrieben."
    assert fresh(news).live


def comment(text: str) -> dict[str, str]:
    return {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-id": "",
        "comments-0-text": text,
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }


def test_a_corrected_text_is_not_approved(client, news, editor, lead):
    submit(news, editor)
    approve_untouched(client, news, lead, title="Ohne Tippfehler")
    assert not fresh(news).live
    assert fresh(news).get_latest_revision_as_object().title == "Ohne Tippfehler"


def test_the_log_calls_a_correction_by_its_name(client, news, editor, lead):
    submit(news, editor)
    approve_untouched(client, news, lead, title="Ohne Tippfehler")
    assert actions_of(news)[-2:] == ["wagtail.edit", "workflows.corrected"]
    assert "wagtail.workflow.approve" not in actions_of(news)


def test_the_log_says_approved_when_it_was(client, news, editor, lead):
    submit(news, editor)
    approve_untouched(client, news, lead)
    assert actions_of(news)[-2:] == ["wagtail.workflow.approve", "wagtail.publish"]
    assert "wagtail.edit" not in actions_of(news)


def test_who_approves_reads_that_it_is_approved(client, news, editor, lead):
    submit(news, editor)
    response = approve_untouched(client, news, lead)
    assert "Die Seite ist jetzt öffentlich" in said(response)


def test_who_approves_reads_who_decides_next(client, example, editor, lead, national_editor):
    submit(example, editor)
    assert "Als Nächstes" in said(approve_untouched(client, example, lead))


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])

"""Translations go through the review, like every page."""

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db.models import Field
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import LocaleSynchronization, StringSegment, StringTranslation

from cms.blocks import StreamField
from cms.models import CustomImage
from demo import builders, review
from examples.models import ExamplePage
from news.models import NewsPage
from regions.models import HousePage
from search.models import Entry
from tests.translating import (
    act,
    edit_url,
    fresh,
    post_submission,
    source_of_type,
    submit_url,
    translate_string,
    translated,
    write_string,
)
from workflows.translation.review import translation_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_national_editor")]


# --- every page type, from submission to the public ---------------------------------------


def stored(field: Field, page: Page) -> Any:
    """A field's value as stored; PostgreSQL keeps JSON in another order of keys."""
    text = field.value_to_string(page)
    return json.loads(text) if isinstance(field, StreamField) else text


@pytest.mark.parametrize("page_type", builders.BUILDERS, ids=lambda model: model.__name__)
def test_every_page_type_is_translated_through_the_review(
    page_type,
    national_editor,
    second_national_editor,
    english,
    sign_in,
    client,
    django_capture_on_commit_callbacks,
):
    source = source_of_type(page_type, national_editor)
    sign_in(national_editor)
    with django_capture_on_commit_callbacks(execute=True):
        post_submission(client, source, english)
    page = source.get_translation(english).specific
    translation = translation_of(page)
    assert not page.live
    assert client.get(edit_url(page)).status_code == 200
    assert translate_string(client, translation, "title", "In English").status_code == 201

    with django_capture_on_commit_callbacks(execute=True):
        act(client, page, "submit")
    page = fresh(page)
    assert page.workflow_in_progress
    assert not page.live
    assert not Entry.objects.filter(page_id=page.pk, removed=False).exists()

    sign_in(second_national_editor)
    while fresh(page).workflow_in_progress:
        with django_capture_on_commit_callbacks(execute=True):
            response = act(client, page, "approve")
        assert response.url == reverse("wagtailadmin_home")
    page = fresh(page)
    assert page.live
    assert page.title == "In English"
    assert client.get(page.get_url()).status_code == 200


@pytest.mark.parametrize("page_type", builders.BUILDERS, ids=lambda model: model.__name__)
def test_every_field_arrives(page_type, national_editor, english):
    source = source_of_type(page_type, national_editor)
    _, page = translated(source, english, national_editor)
    draft = page.get_latest_revision_as_object()
    skipped = {"slug", "locale", "live", "path", "url_path", "id", "page_ptr", "numchild"}
    for field in source._meta.concrete_fields:
        own = field.model is not Page or field.name in {"title", "seo_title", "show_in_menus"}
        if own and field.name not in skipped:
            assert stored(field, draft) == stored(field, source), field.name
    for field in source._meta.many_to_many:
        if field.related_model._meta.label == "cms.Term":
            expected = list(getattr(source, field.name).all())
            assert list(getattr(draft, field.name).all()) == expected, field.name


def test_entry_in_english_only_after_approval(
    news_in_english, editor, lead, english, django_capture_on_commit_callbacks
):
    translation, page = news_in_english
    write_string(translation, "title", "Breakfast")
    translation.save_target(user=editor)
    review.submit(fresh(page), editor)
    assert not Entry.objects.filter(page_id=page.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        review.approve(page, lead)
    entry = Entry.objects.get(page_id=page.pk)
    assert (entry.locale, entry.title) == ("en", "Breakfast")


# --- what a translation carries -------------------------------------------------------------


def test_example_keeps_form_terms_and_partners(example, editor, national_editor, english):
    source = review.publish(example, editor)
    _, page = translated(source, english, national_editor)
    page = ExamplePage.objects.get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    assert draft.form_id == source.form_id
    for name in ("topics", "parties", "procedures", "results"):
        assert list(getattr(draft, name).all()) == list(getattr(source, name).all())
    assert [(partner.name, partner.side) for partner in draft.partners.all()] == [
        (partner.name, partner.side) for partner in source.partners.all()
    ]
    assert {partner.locale for partner in page.partners.all()} == {english}


def test_partner_added_later_arrives_with_the_update(
    example, editor, national_editor, second_national_editor, english
):
    source = review.publish(example, editor)
    translation, page = translated(source, english, national_editor)
    source = fresh(source)
    source.partners.add(type(source.partners.first())(name="Stadtwerke", side="kmu"))
    source.save_revision(user=editor)
    review.publish(source, editor)
    translation.source.update_from_db()
    translation.save_target(user=national_editor)
    page = review.publish(fresh(page), national_editor)
    assert page.partners.count() == 3
    assert {partner.locale for partner in page.partners.all()} == {english}


def test_terms_changed_or_cleared_later_arrive(news_in_english, public_news, editor):
    translation, page = news_in_english
    source = fresh(public_news)
    source.topics = [builders.ensure_term("topic", "digitales")]
    source.save_revision(user=editor)
    source = review.publish(source, editor)
    translation.source.update_from_db()
    translation.save_target(user=editor)
    draft = fresh(page).get_latest_revision_as_object()
    assert [term.key for term in draft.topics.all()] == ["digitales"]
    source.topics = []
    source.save_revision(user=editor)
    review.publish(source, editor)
    translation.source.update_from_db()
    translation.save_target(user=editor)
    assert not fresh(page).get_latest_revision_as_object().topics.all()


ALL_BLOCKS = [
    ("paragraph", '<p>Ein <b>Text</b> mit <a href="https://example.org/">Verweis</a>.</p>'),
    ("heading", {"text": "Überschrift", "level": "3"}),
    ("steps", {"steps": [{"title": "Eins", "text": "Anrufen"}, {"title": "Zwei", "text": "Tun"}]}),
    ("quote", {"text": "Es geht.", "who": "Jemand"}),
    ("callout", {"title": "Achtung", "text": "<p>Wichtig</p>"}),
    ("links", {"links": [{"title": "BBE", "url": "https://example.org/", "note": "Netz"}]}),
]


def test_every_block_is_translated(home_news_with_blocks, english, national_editor):
    translation, page = translated(home_news_with_blocks, english, national_editor)
    for segment in StringSegment.objects.filter(source=translation.source):
        if "<" not in segment.string.data and segment.context.path.startswith("body"):
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                data=f"EN {segment.string.data}",
            )
    translation.save_target(user=national_editor)
    body = fresh(page).get_latest_revision_as_object().body
    assert [block.block_type for block in body] == [name for name, _ in ALL_BLOCKS] + ["image"]
    assert body[1].value["text"] == "EN Überschrift"
    assert body[1].value["level"] == "3"
    assert [step["text"] for step in body[2].value["steps"]] == ["EN Anrufen", "EN Tun"]
    assert body[5].value["links"][0]["url"] == "https://example.org/"
    assert body[6].value["caption"] == "EN Bildzeile"
    assert body[6].value["image"].contextual_alt_text == "EN Ein Haus"


@pytest.fixture
def home_news_with_blocks(national_editor):
    """A national news item with every block."""
    image = CustomImage.objects.create(title="Haus", file=get_test_image_file())
    picture = {
        "image": {"image": image.pk, "alt_text": "Ein Haus", "decorative": False},
        "caption": "Bildzeile",
    }
    block = NewsPage._meta.get_field("body").stream_block.child_blocks["image"]
    body = [*ALL_BLOCKS, ("image", block.to_python(picture))]
    page = builders.build_news(user=national_editor, body=body)
    return review.publish(page, national_editor)


# --- the region's tree ------------------------------------------------------------------------


def test_house_in_english_keeps_its_region(house_in_english, region):
    assert HousePage.objects.get(pk=house_in_english.pk).region_record == region


def test_house_in_english_gives_the_region_its_rights_there(house_in_english, region):
    groups = GroupPagePermission.objects.filter(page_id=house_in_english.pk)
    assert set(groups.values_list("group", flat=True)) == {
        region.editors_group_id,
        region.leads_group_id,
    }


def test_missing_ancestors_become_drafts_not_aliases(public_news, english, national_editor):
    _, page = translated(public_news, english, national_editor)
    above = page.get_ancestors().filter(depth__gt=1, locale=english)
    assert above.count() == 4
    assert not above.filter(live=True).exists()
    assert not above.filter(alias_of__isnull=False).exists()


def test_no_locale_is_synchronised():
    assert not LocaleSynchronization.objects.exists()


def test_locale_synchronisation_is_not_offered():
    assert LocaleSynchronization not in [item["model"] for item in get_locale_components()]


# --- nothing becomes public past the review -----------------------------------------------------


def test_saving_a_live_translation_changes_only_the_draft(live_in_english, editor):
    translation, page = live_in_english
    write_string(translation, "title", "Something else")
    translation.save_target(user=editor, publish=True)
    page = fresh(page)
    assert page.title == "Breakfast"
    assert page.draft_title == "Something else"
    assert page.has_unpublished_changes


def test_publishing_the_source_again_leaves_the_translation_alone(
    live_in_english, public_news, editor, django_capture_on_commit_callbacks
):
    _, page = live_in_english
    before = (page.title, page.latest_revision_id, page.last_published_at)
    source = fresh(public_news)
    source.title = "Mittagessen"
    source.save_revision(user=editor)
    with django_capture_on_commit_callbacks(execute=True):
        review.publish(source, editor)
    page = fresh(page)
    assert (page.title, page.latest_revision_id, page.last_published_at) == before


def test_update_brings_changed_texts_and_publishes_nothing(
    live_in_english, public_news, editor, sign_in, client, django_capture_on_commit_callbacks
):
    translation, page = live_in_english
    source = fresh(public_news)
    source.summary = "Ganz neu zusammengefasst."
    source.save_revision(user=editor)
    review.publish(source, editor)
    sign_in(editor)
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"publish_translations": "on"})
    segment = StringSegment.objects.get(source=translation.source, context__path="summary")
    assert segment.string.data == "Ganz neu zusammengefasst."
    assert fresh(page).latest_revision_id == page.latest_revision_id
    assert fresh(page).summary == page.summary


def test_update_does_not_offer_publishing(live_in_english, editor, sign_in):
    translation, _ = live_in_english
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    html = sign_in(editor).get(url).content.decode()
    assert 'type="checkbox" name="publish_translations"' not in html


def test_submission_does_not_offer_the_subtree(house, national_editor, sign_in):
    html = sign_in(national_editor).get(submit_url(house)).content.decode()
    assert 'type="checkbox" name="include_subtree"' not in html


def test_forged_subtree_is_ignored(house, english, national_editor, sign_in):
    post_submission(sign_in(national_editor), house, english, include_subtree="on")
    assert not house.get_translation(english).get_children().exists()


@pytest.mark.parametrize("role", ["editor", "lead", "national_editor", "administrator"])
def test_forged_publish_submits_and_publishes_nothing(
    role, news_in_english, request, sign_in, django_capture_on_commit_callbacks
):
    _, page = news_in_english
    client = sign_in(request.getfixturevalue(role))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit_url(page), {"action": "publish"})
    page = fresh(page)
    assert not page.live
    assert page.workflow_in_progress


def test_forged_publish_under_review_does_nothing(news_in_english, editor, sign_in):
    _, page = news_in_english
    client = sign_in(editor)
    act(client, page, "submit")
    client.post(edit_url(page), {"action": "publish"})
    page = fresh(page)
    assert not page.live
    assert page.workflow_states.count() == 1


def test_text_too_long_is_marked_and_not_submitted(news_in_english, editor, sign_in):
    translation, page = news_in_english
    write_string(translation, "summary", "x" * 301)
    response = act(sign_in(editor), page, "submit")
    assert not fresh(page).workflow_in_progress
    assert StringTranslation.objects.get(data="x" * 301).has_error
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["error"]


def test_alias_that_becomes_a_translation_keeps_what_is_public(
    public_news, house_in_english, english, editor, administrator
):
    index = public_news.get_parent().specific
    _, index_in_english = translated(index, english, administrator)
    alias = public_news.create_alias(
        parent=index_in_english, update_locale=english, reset_translation_key=False
    )
    translation, page = translated(public_news, english, editor)
    write_string(translation, "title", "Breakfast")
    translation.save_target(user=editor)
    page = fresh(page)
    assert page.pk == alias.pk
    assert (page.alias_of_id, page.live, page.title) == (None, True, public_news.title)

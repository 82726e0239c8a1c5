"""Translations go through the review (design.md, section 2; issue 3, point 7)."""

import json

import pytest
from django.contrib.messages import get_messages
from django.urls import get_resolver, reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
)
from wagtail_localize.operations import translate_object

from demo import builders, review
from examples.models import ExamplePage
from home.models import HomePage
from news.models import NewsPage
from regions.models import HousePage
from search.models import Entry
from workflows.translation_access import RULES
from workflows.translations import existing_target, missing_texts, translation_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_national_editor")]


@pytest.fixture
def english():
    """The second language."""
    return Locale.objects.get(language_code="en")


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def public(page, user):
    """The page, live through the review."""
    return page if page.live and not page.has_unpublished_changes else review.publish(page, user)


def source_of_type(page_type, user):
    """A public German page of a type."""
    if page_type is HomePage:
        return builders.national_home()
    return public(builders.BUILDERS[page_type](user=user), user)


def submit_url(page):
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def post_submission(client, page, locale, **data):
    return client.post(submit_url(page), {"locales": [locale.pk], **data})


def translated(page, locale, user):
    """The translation of a page, begun by code."""
    translate_object(page, [locale], user=user)
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=locale
    )
    return translation, existing_target(translation).specific


def translate_string(client, translation, path, text):
    """What the editor sends when a text is saved."""
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return client.put(
        url,
        f"value={text}",
        content_type="application/x-www-form-urlencoded",
    )


def write_string(translation, path, text, user=None):
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        defaults={"data": text, "last_translated_by": user},
    )


def act(client, page, action, **data):
    return client.post(reverse("translation_review", args=[page.pk]), {"action": action, **data})


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def public_news(news, editor):
    """A public news item of the region."""
    return public(news, editor)


@pytest.fixture
def house_in_english(house, english, national_editor):
    """The region's house in English, a draft."""
    return translated(house, english, national_editor)[1]


@pytest.fixture
def news_in_english(public_news, house_in_english, english, editor):
    """The translation and the English draft of the public news item."""
    return translated(public_news, english, editor)


# --- every page type, from submission to the public ---------------------------------------


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
            assert field.value_to_string(draft) == field.value_to_string(source), field.name
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
    from wagtail.images.tests.utils import get_test_image_file

    from cms.models import CustomImage

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


@pytest.fixture
def live_in_english(news_in_english, editor, lead):
    """The translation and the English page, approved by the lead."""
    translation, page = news_in_english
    write_string(translation, "title", "Breakfast")
    translation.save_target(user=editor)
    review.submit(fresh(page), editor)
    return translation, review.approve(page, lead)


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


# --- the review in the translation editor ----------------------------------------------------


def test_translator_is_offered_submission(news_in_english, editor, sign_in):
    _, page = news_in_english
    html = sign_in(editor).get(edit_url(page)).content.decode()
    assert 'name="action" value="submit"' in html


def test_texts_still_missing_are_counted_without_the_address(news_in_english):
    translation, _ = news_in_english
    before = missing_texts(translation)
    write_string(translation, "title", "Breakfast")
    assert (before, missing_texts(translation)) == (3, 2)


def test_lead_is_offered_the_decision(news_in_english, editor, lead, sign_in):
    _, page = news_in_english
    act(sign_in(editor), page, "submit")
    html = sign_in(lead).get(edit_url(page)).content.decode()
    assert 'name="action" value="approve"' in html
    assert 'name="action" value="reject"' in html


def test_translator_is_not_offered_the_decision(news_in_english, editor, sign_in):
    _, page = news_in_english
    client = sign_in(editor)
    act(client, page, "submit")
    assert 'value="approve"' not in client.get(edit_url(page)).content.decode()


def test_translator_cannot_approve(news_in_english, editor, sign_in):
    _, page = news_in_english
    client = sign_in(editor)
    act(client, page, "submit")
    act(client, page, "approve")
    assert not fresh(page).live


def test_lead_cannot_approve_their_own_translation(news_in_english, lead, sign_in):
    _, page = news_in_english
    client = sign_in(lead)
    act(client, page, "submit")
    act(client, page, "approve")
    assert not fresh(page).live


def test_changes_need_a_reason(news_in_english, editor, lead, sign_in):
    _, page = news_in_english
    act(sign_in(editor), page, "submit")
    act(sign_in(lead), page, "reject", comment=" ")
    assert fresh(page).workflow_in_progress


def test_requested_changes_reach_the_translator_and_are_resubmitted(
    news_in_english, editor, lead, sign_in, client
):
    translation, page = news_in_english
    act(sign_in(editor), page, "submit")
    act(sign_in(lead), page, "reject", comment="Bitte den Titel übersetzen.")
    sign_in(editor)
    assert "Bitte den Titel übersetzen." in client.get(edit_url(page)).content.decode()
    translate_string(client, translation, "title", "Breakfast")
    act(client, page, "submit")
    act(sign_in(lead), page, "approve")
    assert fresh(page).title == "Breakfast"
    assert fresh(page).live


def test_texts_are_locked_for_the_translator_during_review(news_in_english, editor, sign_in):
    translation, page = news_in_english
    client = sign_in(editor)
    act(client, page, "submit")
    assert translate_string(client, translation, "title", "Later").status_code == 403


def test_correction_by_the_lead_needs_somebody_else(
    news_in_english, editor, lead, national_editor, sign_in
):
    translation, page = news_in_english
    act(sign_in(editor), page, "submit")
    client = sign_in(lead)
    translate_string(client, translation, "title", "Corrected")
    act(client, page, "save")
    act(client, page, "approve")
    assert not fresh(page).live
    while fresh(page).workflow_in_progress:
        act(sign_in(national_editor), page, "approve")
    assert fresh(page).title == "Corrected"


def test_translator_can_withdraw(news_in_english, editor, sign_in):
    _, page = news_in_english
    client = sign_in(editor)
    act(client, page, "submit")
    act(client, page, "withdraw")
    assert not fresh(page).workflow_in_progress


def test_other_region_cannot_act(news_in_english, other_lead, sign_in):
    _, page = news_in_english
    act(sign_in(other_lead), page, "submit")
    assert not fresh(page).workflow_in_progress


# --- who may submit -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["editor", "lead", "national_editor", "administrator"])
def test_who_may_submit_a_page_of_the_region(
    role, public_news, house_in_english, english, request, sign_in
):
    post_submission(sign_in(request.getfixturevalue(role)), public_news, english)
    assert public_news.has_translation(english)


def test_other_region_may_not_submit(public_news, house_in_english, english, other_lead, sign_in):
    post_submission(sign_in(other_lead), public_news, english)
    assert not public_news.has_translation(english)


def test_region_may_not_submit_a_national_page(english, lead, national_editor, sign_in):
    page = public(builders.build_news(user=national_editor), national_editor)
    post_submission(sign_in(lead), page, english)
    assert not page.has_translation(english)


def test_region_may_bring_its_own_house(house, english, lead, national_editor, sign_in):
    translated(house.get_parent().specific, english, national_editor)
    post_submission(sign_in(lead), house, english)
    assert house.has_translation(english)


def test_region_may_not_bring_national_lists_along(house, english, lead, sign_in):
    response = post_submission(sign_in(lead), house, english)
    assert not house.get_parent().has_translation(english)
    assert response.url == edit_url(house)


def test_report_is_not_in_the_menu_of_a_region(lead, sign_in):
    html = sign_in(lead).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtail_localize:translations_report") not in html


def test_draft_is_not_submitted(news, house_in_english, english, editor, sign_in):
    response = post_submission(sign_in(editor), news, english)
    assert not news.has_translation(english)
    assert response.url == edit_url(news)


# --- every address of wagtail-localize -------------------------------------------------------


def localize_names():
    names = set()
    for resolver in _resolvers(get_resolver()):
        if resolver.namespace == "wagtail_localize":
            names |= {pattern.name for pattern in resolver.url_patterns}
    return names


def _resolvers(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield pattern
            yield from _resolvers(pattern)


def test_every_address_has_a_rule():
    assert localize_names() == set(RULES)


@pytest.fixture
def address(news_in_english, public_news):
    """The address of a view of wagtail-localize about the region's news item."""
    translation, page = news_in_english
    segment = StringSegment.objects.get(source=translation.source, context__path="title")
    arguments = {
        "submit_page_translation": [public_news.pk],
        "submit_snippet_translation": ["cms", "term", "1"],
        "update_translations": [translation.source_id],
        "edit_string_translation": [translation.pk, segment.pk],
        "edit_override": [translation.pk, 1],
        "convert_to_alias": [page.pk],
        "snippets_api_listing": ["cms", "term"],
        "snippets_api_detail": ["cms", "term", "1"],
        "javascript_catalog": [],
        "translations_report": [],
        "translations_report_results": [],
    }

    def address(name):
        return reverse(f"wagtail_localize:{name}", args=arguments.get(name, [translation.pk]))

    return address


def refused(response):
    home = reverse("wagtailadmin_home")
    return response.status_code == 403 or (response.status_code == 302 and response.url == home)


METHODS = {"edit_string_translation": "put", "edit_override": "put"}
POSTED = {"upload_pofile", "machine_translate", "stop_translation"}


def call(client, address, name):
    method = METHODS.get(name, "post" if name in POSTED else "get")
    return getattr(client, method)(address(name))


def let_in(client, address, names):
    return sorted(name for name in names if not refused(call(client, address, name)))


def test_other_region_is_refused_everywhere(address, other_lead, sign_in):
    assert let_in(sign_in(other_lead), address, RULES) == ["javascript_catalog"]


CLOSED_TO_LEADS = {
    "submit_snippet_translation",
    "machine_translate",
    "convert_to_alias",
    "translations_report",
    "translations_report_results",
    "snippets_api_listing",
    "snippets_api_detail",
}


def test_lead_is_refused_what_is_not_theirs(address, lead, sign_in):
    assert let_in(sign_in(lead), address, CLOSED_TO_LEADS) == []


OPEN_TO_EDITORS = {
    "submit_page_translation",
    "update_translations",
    "download_pofile",
    "preview_translation",
}


def test_own_region_is_let_in(address, editor, sign_in):
    client = sign_in(editor)
    statuses = {name: call(client, address, name).status_code for name in OPEN_TO_EDITORS}
    assert statuses == dict.fromkeys(OPEN_TO_EDITORS, 200)


def test_what_is_not_offered_is_closed_to_administrators_too(address, administrator, sign_in):
    names = {"machine_translate", "submit_snippet_translation", "snippets_api_listing"}
    assert let_in(sign_in(administrator), address, names) == []


def test_administrator_may_convert_to_an_alias(address, administrator, sign_in):
    assert call(sign_in(administrator), address, "convert_to_alias").status_code == 200


def test_translation_report_is_for_the_nation(address, national_editor, sign_in):
    assert call(sign_in(national_editor), address, "translations_report").status_code == 200


def test_nobody_signed_in_is_sent_to_the_log_in(address, client):
    response = client.get(address("download_pofile"))
    assert response.url.startswith(reverse("wagtailadmin_login"))


def test_editor_names_its_button_after_what_it_does(editor, sign_in):
    url = reverse("wagtail_localize:javascript_catalog")
    with translation.override("de"):
        label = gettext("Submit for review: ")
    assert json.dumps(label).strip('"') in sign_in(editor).get(url).content.decode()


def test_stopped_translation_is_edited_and_reviewed_like_any_page(
    news_in_english, editor, sign_in, client
):
    translation, page = news_in_english
    sign_in(editor)
    client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    html = client.get(edit_url(page)).content.decode()
    assert 'name="action-submit"' in html

"""Which pages there are in which language (F27: quality assurance)."""

import pytest
from django.urls import reverse

from demo import builders, review
from tests.translating import edit_url, fresh, submit_url, write_string
from workflows.translation.coverage import Coverage, coverage_field, originals, standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lead", "second_national_editor")]

REPORT = "translation_coverage"


def change_original(page, user):
    """Publish the original anew."""
    page = fresh(page)
    page.summary = "Ganz neu zusammengefasst."
    page.save_revision(user=user)
    review.publish(page, user)


def state(page, english):
    found = originals([english]).get(pk=page.pk)
    return Coverage(getattr(found, coverage_field(english)))


def test_page_without_a_translation_is_missing(public_news, english):
    assert state(public_news, english) is Coverage.MISSING


def test_draft_of_a_translation_is_begun(public_news, news_in_english, english):
    assert state(public_news, english) is Coverage.BEGUN


def test_submitted_translation_is_in_review(public_news, news_in_english, english, editor):
    review.submit(fresh(news_in_english[1]), editor)
    assert state(public_news, english) is Coverage.IN_REVIEW


def test_translation_goes_stale_with_its_original_and_is_mended_by_the_review(
    public_news, live_in_english, english, editor
):
    assert state(public_news, english) is Coverage.TRANSLATED
    change_original(public_news, editor)
    assert state(public_news, english) is Coverage.STALE
    translation, page = live_in_english
    write_string(translation, "title", "Second breakfast")
    translation.save_target(user=editor)
    assert state(public_news, english) is Coverage.STALE
    review.publish(fresh(page), editor)
    assert state(public_news, english) is Coverage.TRANSLATED


def test_drafts_aliases_and_translations_are_no_originals(news, live_in_english, english):
    listed = {page.pk for page in originals([english])}
    assert news.pk in listed
    assert live_in_english[1].pk not in listed
    draft = builders.build_news(news.get_parent(), title="Entwurf", slug="entwurf")
    assert not originals([english]).filter(pk=draft.pk).exists()


def test_filter_by_state_takes_what_stands_so_in_any_language(public_news, english):
    missing = originals([english]).filter(standing([english], Coverage.MISSING))
    stale = originals([english]).filter(standing([english], Coverage.STALE))
    assert missing.filter(pk=public_news.pk).exists()
    assert not stale.exists()


# --- on the start page and above the form --------------------------------------------------------


def told(client, page):
    return [str(message) for message in client.get(edit_url(page)).context["messages"]]


def on_board(client):
    (panel,) = client.get(reverse("wagtailadmin_home")).context["panels"]
    sections = {section.name: section.listing for section in panel.sections}
    listing = sections.get("stale-translations")
    return [row.title for row in listing.rows] if listing else []


def test_stale_translation_is_told_of_on_both_pages_and_on_the_board(
    public_news, live_in_english, editor, other_lead, sign_in
):
    page = live_in_english[1]
    client = sign_in(editor)
    assert (told(client, page), told(client, public_news), on_board(client)) == ([], [], [])
    change_original(public_news, editor)
    (on_translation,), (on_original,) = told(client, page), told(client, public_news)
    assert edit_url(public_news) in on_translation
    assert edit_url(page) in on_original
    assert on_board(client) == ["Breakfast"]
    assert on_board(sign_in(other_lead)) == []
    review.submit(fresh(page), editor)
    assert (told(sign_in(editor), page), on_board(sign_in(editor))) == ([], [])


def test_desk_is_told_of_national_translations_only(
    public_news, live_in_english, editor, national_editor, sign_in
):
    change_original(public_news, editor)
    assert on_board(sign_in(national_editor)) == []
    home = builders.national_home()
    english = review.publish(builders.build_home("en", national_editor), national_editor)
    change_original(home, national_editor)
    assert on_board(sign_in(national_editor)) == [english.title]


# --- the report ---------------------------------------------------------------------------------


def report(client, **query):
    response = client.get(reverse(REPORT), query)
    assert response.status_code == 200
    return response


def titles(response):
    return [page.title for page in response.context["object_list"]]


def test_report_leads_to_translate_or_to_the_translation(
    public_news, live_in_english, national_editor, sign_in
):
    html = report(sign_in(national_editor)).content.decode()
    assert edit_url(live_in_english[1]) in html
    assert submit_url(builders.build_news_index()) in html


def test_report_is_filtered_by_section_and_state(public_news, national_editor, sign_in):
    client = sign_in(national_editor)
    houses = public_news.get_ancestors().get(depth=3)
    assert public_news.title in titles(report(client, section=houses.path))
    assert all(
        page.path.startswith(houses.path)
        for page in report(client, section=houses.path).context["object_list"]
    )
    assert titles(report(client, state="stale")) == []


def test_section_that_does_not_exist_is_refused_without_an_error(national_editor, sign_in):
    assert report(sign_in(national_editor), section="9999").status_code == 200


def test_export_says_the_state_in_words(public_news, national_editor, sign_in):
    response = report(sign_in(national_editor), export="csv")
    text = b"".join(response.streaming_content).decode()
    assert public_news.title in text
    assert str(Coverage.MISSING.label) in text


@pytest.mark.parametrize("who, offered", [("lead", False), ("national_editor", True)])
def test_menu_offers_the_report_to_the_desk(who, offered, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse(REPORT) in html) == offered


def test_number_of_queries_does_not_grow_with_pages(
    public_news, national_editor, sign_in, django_assert_max_num_queries
):
    for number in range(3):
        page = builders.build_news(public_news.get_parent(), national_editor, slug=f"mehr-{number}")
        review.publish(page, national_editor)
    client = sign_in(national_editor)
    report(client)
    with django_assert_max_num_queries(20):
        report(client)

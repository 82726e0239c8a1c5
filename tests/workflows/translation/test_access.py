"""Who may use which address of wagtail-localize."""

import pytest
from django.urls import get_resolver, reverse
from wagtail_localize.models import StringSegment

from demo import builders
from tests.translating import (
    edit_url,
    post_submission,
    public,
    translated,
)
from workflows.translation.access import RULES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_national_editor")]


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


def test_menu_has_one_report_on_translations(national_editor, sign_in):
    html = sign_in(national_editor).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtail_localize:translations_report") not in html
    assert reverse("translation_coverage") in html


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
    assert response.url.startswith(reverse("account_login"))

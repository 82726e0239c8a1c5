"""Menus, breadcrumb and language links."""

import pytest

from demo.builders import (
    build_example_index,
    build_home,
    build_news,
    build_news_index,
    build_standard,
    house_of_region,
    national_home,
)
from demo.people import build_editor
from demo.review import publish
from home.navigation.language_links import translations_of
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(national_editor, second_national_editor):
    """Writes nationally; a colleague approves."""
    return national_editor


def titles(links) -> list[str]:
    return [link["title"] for link in links]


def test_lists_are_in_the_main_menu(client):
    national_home()
    navigation = client.get("/").context["navigation"]
    assert {link["url"] for link in navigation} == {
        *("/haeuser/", "/aktuelles/", "/beispiele/", "/kooperationsformen/"),
        *("/foerderung/", "/checks/", "/wissen/"),
    }


def test_standard_pages_in_menus_are_in_the_footer(client, desk):
    page = publish(build_standard(user=desk, title="Impressum", show_in_menus=True), desk)
    context = client.get("/").context
    assert titles(context["footer_links"]) == ["Studien", page.title]
    assert page.title not in titles(context["navigation"])


def test_page_out_of_menus_is_in_none(client, desk):
    publish(build_standard(user=desk, title="Nur verlinkt"), desk)
    context = client.get("/").context
    assert "Nur verlinkt" not in titles([*context["footer_links"], *context["navigation"]])


def test_draft_is_in_no_menu(client, desk):
    build_standard(user=desk, title="Entwurf", show_in_menus=True)
    assert titles(client.get("/").context["footer_links"]) == ["Studien"]


def test_house_lists_are_not_in_the_main_menu(client, house):
    urls = {link["url"] for link in client.get(house.url).context["navigation"]}
    assert not any(url.startswith(house.url) for url in urls)


def test_current_list_is_marked(client, house):
    navigation = client.get(house.url).context["navigation"]
    assert [link["url"] for link in navigation if link["active"]] == ["/haeuser/"]


def test_menus_of_the_other_language(client, desk):
    home = publish(build_home("en", desk), desk)
    page = publish(build_standard(home, desk, title="Imprint", show_in_menus=True), desk)
    assert titles(client.get("/en/").context["footer_links"]) == [page.title]
    assert titles(client.get("/").context["footer_links"]) == ["Studien"]


def test_breadcrumb_leads_from_home_to_the_parent(client, news, house, editor, lead):
    page = publish(news, editor)
    crumbs = [link["url"] for link in client.get(page.url).context["breadcrumbs"]]
    assert crumbs == ["/", "/haeuser/", house.url, f"{house.url}aktuelles/"]


def test_home_has_no_breadcrumb(client):
    national_home()
    assert client.get("/").context["breadcrumbs"] == []


def test_unpublished_house_is_no_crumb(client, news, house, editor, lead):
    page = publish(news, editor)
    house.unpublish()
    crumbs = [link["url"] for link in client.get(page.url).context["breadcrumbs"]]
    assert house.url not in crumbs


def languages(client, address: str) -> dict[str, str]:
    return {link["code"]: link["url"] for link in client.get(address).context["language_links"]}


def test_page_in_one_language_links_to_no_other(client, house):
    assert languages(client, house.url) == {"de": house.url}


def test_a_page_in_german_only_asks_nothing_for_its_translations(house, django_assert_num_queries):
    run_on_commit_callbacks()
    assert translations_of(house) == [house]
    with django_assert_num_queries(0):
        assert translations_of(house) == [house]


def test_a_draft_is_no_translation_of_itself(house):
    house.live = False
    assert translations_of(house) == []


def test_translated_page_links_to_its_translation(client, desk):
    home = publish(build_home("en", desk), desk)
    german = publish(build_standard(user=desk), desk)
    english = build_standard(
        home, desk, title="How it works", translation_key=german.translation_key
    )
    assert set(languages(client, german.url)) == {"de"}
    english = publish(english, desk)
    assert languages(client, german.url) == {"de": german.url, "en": english.url}


def test_search_exists_in_every_language(client):
    national_home()
    assert languages(client, "/suche/") == {"de": "/suche/", "en": "/en/suche/"}


def test_active_language_is_marked(client):
    national_home()
    links = client.get("/en/suche/").context["language_links"]
    assert [link["code"] for link in links if link["active"]] == ["en"]


# Routing by the whole path


def test_deep_page_is_found_by_its_path(client, news, editor, lead):
    page = publish(news, editor)
    assert client.get(page.url).context["page"].pk == page.pk


def test_same_slug_elsewhere_is_another_page(client, house, editor, lead, desk):
    national = publish(build_news(build_news_index(), desk, slug="gleich", title="Bund"), desk)
    own = publish(build_news(build_news_index(house), editor, slug="gleich", title="Haus"), editor)
    assert client.get(national.url).context["page"].title == "Bund"
    assert client.get(own.url).context["page"].title == "Haus"


def test_path_through_a_wrong_parent_is_not_found(client, news, editor, lead):
    page = publish(news, editor)
    assert client.get(f"/aktuelles/{page.slug}/").status_code == 404


def test_draft_is_not_found(client, news):
    assert client.get(news.url).status_code == 404


def test_page_below_an_unpublished_list_stays(client, news, house, editor, lead):
    page = publish(news, editor)
    build_news_index(house).unpublish()
    assert client.get(page.url).status_code == 200


def test_home_page_shows_what_is_new(client, news, example, editor, lead, national_editor):
    publish(news, editor)
    publish(example, editor)
    context = client.get("/").context
    assert teasers(context["teasers_below_text"]) == {"aktuelles": [news.title]}
    assert teasers(context["teasers_above_text"]) == {"beispiel": [example.title]}
    assert [house.name for house in context["houses"]] == ["Kreis Steinfurt"]


def teasers(sections) -> dict[str, list[str]]:
    """Titles of the teasers by type."""
    return {section.id: [str(hit.title) for hit in section.hits] for section in sections}


def test_house_shows_only_its_own(client, house, other_region, editor, lead, other_lead):
    other_editor = build_editor(other_region, "other-editor@example.org")
    other_index = build_news_index(house_of_region(other_region))
    publish(build_news(other_index, other_editor, title="Woanders"), other_editor)
    publish(build_news(build_news_index(house), editor, title="Hier"), editor)
    assert teasers(client.get(house.url).context["teasers"]) == {"aktuelles": ["Hier"]}


def test_house_without_examples_shows_none(client, house):
    assert build_example_index(house)
    assert "beispiel" not in teasers(client.get(house.url).context["teasers"])


def test_teasers_of_a_house_lead_to_its_own_list(client, house, news, editor, lead):
    publish(news, editor)
    (section,) = client.get(house.url).context["teasers"]
    assert section.more_url == build_news_index(house).url


def test_teasers_of_the_home_page_lead_to_the_nationwide_list(client, news, editor, lead):
    publish(news, editor)
    assert '<a class="more" href="/aktuelles/">Alle Nachrichten' in client.get("/").text


ENQUIRY = "/anfrage/"


@pytest.fixture
def privacy(desk):
    return publish(build_standard(user=desk, title="Datenschutz", slug="datenschutz"), desk)


def translated(page, desk, title: str):
    english = build_home("en", desk)
    publish(english, desk)
    built = build_standard(english, desk, title=title, translation_key=page.translation_key)
    return publish(built, desk)


def test_form_leads_to_the_page_on_privacy(client, privacy):
    assert f'href="{privacy.url}"' in client.get(ENQUIRY).text


def test_english_form_leads_to_the_english_page_on_privacy(client, desk, privacy):
    english = translated(privacy, desk, "Privacy")
    html = client.get(f"/en{ENQUIRY}").text
    assert f'href="{english.url}"' in html
    assert f'href="{privacy.url}"' not in html


def test_english_form_leads_to_the_german_page_while_there_is_no_other(client, desk, privacy):
    publish(build_home("en", desk), desk)
    assert f'href="{privacy.url}"' in client.get(f"/en{ENQUIRY}").text


def test_without_a_page_on_privacy_no_link_leads_nowhere(client, privacy):
    privacy.unpublish()
    assert "/datenschutz/" not in client.get(ENQUIRY).text

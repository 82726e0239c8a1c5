"""Links to pages lead to what is public, in the reader's language; aliases name their source."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page, ReferenceIndex

from cms.editing.internal_links import link_pages_in_text, page_at
from demo.review import publish
from news.models import NewsPage
from tests.admin_forms import form_data
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(site) -> Page:
    """A public page that others link to."""
    return site.pages[NewsPage].get_parent().specific


@pytest.fixture
def shown(client, site, target):
    """The main part of a public page with a text and a list of links to ``target``."""

    def read(body: object) -> str:
        page = site.pages[NewsPage]
        page.body = body
        page.save()
        run_on_commit_callbacks()
        return client.get(page.url).content.decode().partition("<main")[2]

    return read


def text_to(page: Page) -> list[tuple[str, object]]:
    return [("paragraph", f'<p><a linktype="page" id="{page.pk}">Zum Ziel</a></p>')]


def list_to(page: Page) -> list[tuple[str, object]]:
    return [("links", {"links": [{"title": "Zum Ziel", "page": page, "url": "", "note": ""}]})]


@pytest.mark.parametrize("body_to", [text_to, list_to])
def test_a_link_to_a_public_page_leads_there(shown, target, body_to):
    assert f'href="{target.url}">Zum Ziel</a>' in shown(body_to(target))


@pytest.mark.parametrize("body_to", [text_to, list_to])
def test_a_link_to_what_is_not_public_is_its_words(shown, target, site, body_to):
    draft = NewsPage(title="Entwurf", slug="entwurf", summary="…", live=False)
    target.add_child(instance=draft)
    html = shown(body_to(draft))
    assert "Zum Ziel" in html
    assert "Zum Ziel</a>" not in html


def english(page: Page) -> Page:
    """A public translation, without the way through the review."""
    locale, _made = Locale.objects.get_or_create(language_code="en")
    other = page.copy_for_translation(locale, copy_parents=True)
    Page.objects.filter(pk__in=other.get_ancestors(inclusive=True)).update(live=True)
    return Page.objects.get(pk=other.pk).specific


@pytest.mark.parametrize("body_to", [text_to, list_to])
def test_a_link_leads_to_the_language_of_the_reader(client, site, target, body_to):
    page = site.pages[NewsPage]
    page.body = body_to(target)
    page.save()
    translated = english(target)
    other = english(NewsPage.objects.get(pk=page.pk))
    run_on_commit_callbacks()
    html = client.get(other.url).content.decode().partition("<main")[2]
    assert f'href="{translated.url}">Zum Ziel</a>' in html


def test_an_alias_names_its_source_as_canonical(client, target):
    alias = target.create_alias(parent=target.get_parent(), update_slug="service-alias")
    run_on_commit_callbacks()
    html = client.get(alias.url).content.decode()
    assert f'<link rel="canonical" href="http://testserver{target.url}">' in html


@pytest.mark.parametrize("host", ["", "http://localhost", "HTTP://LOCALHOST"])
def test_an_address_of_this_site_is_its_page(site, target, host):
    assert page_at(f"{host}{target.url}") == Page.objects.get(pk=target.pk)


@pytest.mark.parametrize(
    "url", ["/suche/?q=a", "/aktuelles/#oben", "https://example.org/aktuelles/", "tel:+4930", ""]
)
def test_other_addresses_are_no_page(site, url):
    assert page_at(url) is None


def test_existing_texts_are_linked_by_a_command(site, target, editor):
    page = site.pages[NewsPage]
    page.body = [
        ("paragraph", f'<p><a href="{target.url}">Text</a></p>'),
        ("links", {"links": [{"title": "Liste", "url": f"http://localhost{target.url}"}]}),
    ]
    page.save_revision(user=editor)
    page.save()
    call_command("link_pages")
    page = NewsPage.objects.get(pk=page.pk)
    for stored in (page, page.get_latest_revision_as_object()):
        assert f'linktype="page" id="{target.pk}"' in stored.body[0].value.source
        (link,) = stored.body[1].value["links"]
        assert (link["page"].pk, link["url"]) == (target.pk, "")


def test_who_links_here_is_told_before_a_page_is_withdrawn(
    sign_in, administrator, site, target, editor, lead
):
    page = site.pages[NewsPage]
    page.body = text_to(target)
    page.save_revision(user=editor)
    publish(page, editor)
    ReferenceIndex.create_or_update_for_object(page)
    shown = sign_in(administrator).get(reverse("wagtailadmin_pages:unpublish", args=[target.pk]))
    assert page.title in shown.content.decode()
    assert "ohne Link" in shown.content.decode()


@pytest.mark.parametrize("address", ["tel:+4930123", "#oben"])
def test_what_the_editor_keeps_only_in_disguise_is_stored_as_it_was_meant(address):
    stored = link_pages_in_text(f'<p><a href="mailto:{address}">Anruf</a></p>')
    assert stored == f'<p><a href="{address}">Anruf</a></p>'


def test_an_address_that_differs_in_capitals_only_is_refused(sign_in, administrator, site):
    page = site.pages[NewsPage]
    client = sign_in(administrator)
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", page.get_parent().pk])
    data = form_data(client.get(address).context["form"])
    response = client.post(address, data | {"title": "A", "slug": page.slug.upper()})
    assert "Großbuchstaben" in str(response.context["form"].errors["slug"])

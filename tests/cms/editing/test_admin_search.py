"""Whatever is typed into a search box of the admin, the database can look for it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.utils import parse_query_string

from cms.editing.admin_search import MAX_WORDS, searchable
from cms.models import User
from demo import builders
from tests.typed import UNUSUAL_INPUT

pytestmark = pytest.mark.django_db

MODELS = (Page, User, get_image_model(), get_document_model())


@pytest.mark.parametrize("typed", UNUSUAL_INPUT.values(), ids=UNUSUAL_INPUT)
def test_any_input_is_a_query(typed):
    backend = get_search_backend()
    for model in MODELS:
        assert list(backend.autocomplete(typed, model)) == []
        assert list(backend.search(typed, model)) == []


@pytest.mark.parametrize("typed", UNUSUAL_INPUT.values(), ids=UNUSUAL_INPUT)
def test_any_input_is_taken_apart(typed):
    """As the search among all pages does."""
    query = parse_query_string(typed, operator="and")[1]
    assert list(get_search_backend().autocomplete(query, Page)) == []


def test_a_phrase_is_found_beside_words(house, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = builders.build_news(builders.build_news_index(house), title="Tag der offenen Tür")
    query = parse_query_string('"der offenen" tag …', operator="and")[1]
    assert [each.pk for each in get_search_backend().search(query, Page)] == [page.pk]


@pytest.mark.parametrize("typed", ['"', "“”", "…", '"""', "* - ?"])
def test_punctuation_alone_is_no_word(typed):
    assert searchable(typed) == ""


def test_a_quoted_title_is_found(house, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = builders.build_news(builders.build_news_index(house), title="Tag der offenen Tür")
    found = get_search_backend().autocomplete('"Tag der offenen Tü', Page)
    assert [each.pk for each in found] == [page.pk]


def test_what_stands_inside_words_stays():
    assert (
        searchable("info@example.org O'Brien bild_1.jpg") == "info@example.org O'Brien bild_1.jpg"
    )


def test_a_query_has_an_end():
    assert len(searchable("wort " * 2000).split()) == MAX_WORDS


def test_a_quotation_mark_is_no_error_page(editor, sign_in):
    client = sign_in(editor)
    for name in ("wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index"):
        assert client.get(reverse(name), {"q": '"'}).status_code == 200


def test_what_the_search_counts_has_a_name(house, administrator, sign_in):
    answer = sign_in(administrator).get(reverse("wagtailadmin_pages:search")).content.decode()
    assert "Seiten" in BeautifulSoup(answer, "html.parser").select_one("th.title").text

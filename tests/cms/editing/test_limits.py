"""Texts that are too long are counted and refused in words; a draft is saved all the same."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from cms.editing.forms import PageForm
from demo import builders
from tests.edit_page import untouched

pytestmark = pytest.mark.django_db

LONG = "Ein Satz, der zu lang ist. " * 20


@pytest.fixture
def page(house, editor):
    return builders.build_news(builders.build_news_index(house), editor, title="Hoffest")


@pytest.fixture
def save(page, editor, sign_in):
    """Change fields in the editor and save; the answer."""
    client = sign_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    def save(**typed):
        return client.post(address, untouched(client.get(address)) | typed).content.decode()

    return save


def page_form(page):
    form = page.get_edit_handler().get_form_class()(instance=page)
    assert isinstance(form, PageForm)
    return form


def stored(page):
    return Page.objects.get(pk=page.pk).get_latest_revision().content


def test_a_title_that_is_too_long_is_refused_in_words(page, save):
    answer = save(title=LONG)
    assert "höchstens 255 Zeichen" in answer
    assert LONG.strip() in answer
    assert stored(page)["title"] == "Hoffest"


def test_no_browser_cuts_what_is_pasted(page):
    form = page_form(page)
    assert not [name for name, field in form.fields.items() if "maxlength" in field.widget.attrs]
    assert 'data-length-limit="300"' in str(form["summary"])
    assert 'data-length-limit="255"' in str(form["title"])


def test_a_draft_may_have_a_summary_that_is_too_long(page, save):
    save(summary=LONG)
    assert stored(page)["summary"] == LONG.strip()


def test_what_is_submitted_may_not(page, save):
    answer = save(summary=LONG, **{"action-submit": "1"})
    page.refresh_from_db()
    assert "höchstens 300 Zeichen" in answer
    assert page.current_workflow_state is None


def test_the_title_is_read_whole_while_it_is_typed(page):
    """Its field grows with the lines; the address still follows what is typed."""
    field = BeautifulSoup(str(page_form(page)["title"]), "html.parser").textarea
    assert field is not None
    assert "w-autosize" in field["data-controller"]


def test_a_title_is_one_line(page, save):
    save(title="Hoffest\r\nim Mai")
    assert stored(page)["title"] == "Hoffest im Mai"

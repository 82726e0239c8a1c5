"""Every page as a sheet of paper: where it is from, and of when."""

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from cms.delivery.typesetting import typeset
from demo.builders import build_standard
from demo.review import publish
from tests.site.test_pages import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(national_editor, second_national_editor):
    return publish(build_standard(user=national_editor, title="Absprache"), national_editor)


def note(client, address: str) -> str:
    html = client.get(address).content.decode()
    return " ".join(Document(html.partition('class="print-note')[2].partition("</div>")[0]).texts)


def test_paper_names_its_address_without_filters(client, page):
    assert f"http://testserver{page.url} " in f"{note(client, f'{page.url}?haus=x')} "


def test_paper_names_its_date(client, page):
    day = date_format(localtime(page.last_published_at), "DATE_FORMAT")
    assert typeset(day) in note(client, page.url)


def test_paper_of_the_search_stands_without_either(client, page):
    assert "Häuser der Kooperation" in note(client, "/suche/?q=x")

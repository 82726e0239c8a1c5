"""A programme entered twice: named after saving, without telling of another house's drafts."""

import pytest
from django.urls import reverse

from demo.builders import house_of_region
from demo.builders.funding import build_funding, build_funding_index
from demo.review import publish
from funding.duplicates import bare_address, similar_programmes
from tests.edit_page import untouched

pytestmark = pytest.mark.django_db
SOURCE = "https://www.stiftung.example/rampe/"


@pytest.fixture
def national(national_editor, second_national_editor):
    """A public programme of the nation."""
    page = build_funding(
        build_funding_index(), national_editor, title="Mikroförderung Rampe", source_url=SOURCE
    )
    return publish(page, national_editor)


@pytest.mark.parametrize(
    "fields, is_named",
    [
        ({"title": "Etwas anderes", "source_url": "http://stiftung.example/Rampe#antrag"}, True),
        ({"title": "Mikroförderung Rampen", "source_url": ""}, True),
        ({"title": "mikrofoerderung rampe", "source_url": ""}, True),
        ({"title": "Etwas anderes", "source_url": "https://stiftung.example/treppe"}, False),
        ({"title": "Etwas anderes", "source_url": ""}, False),
    ],
)
def test_source_and_title_tell_that_it_may_be_the_same(house, editor, national, fields, is_named):
    page = build_funding(build_funding_index(house), editor, **fields)
    assert [other.pk for other in similar_programmes(page)] == ([national.pk] if is_named else [])


def test_drafts_of_another_house_are_not_told(house, editor, other_region, other_lead):
    index = build_funding_index(house_of_region(other_region))
    build_funding(index, other_lead, title="Geheimes Programm", source_url=SOURCE)
    page = build_funding(build_funding_index(house), editor, source_url=SOURCE)
    assert similar_programmes(page) == []
    again = build_funding(build_funding_index(house), editor, title="Zwei", source_url=SOURCE)
    assert similar_programmes(again) == [page]


@pytest.mark.parametrize("url", ["", "http://[", "  "])
def test_what_is_no_address_is_like_no_other(url):
    assert bare_address(url) == ""


def test_whoever_saves_is_told(sign_in, editor, house, national):
    page = build_funding(build_funding_index(house), editor, source_url=SOURCE)
    client = sign_in(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, untouched(client.get(address)), follow=True)
    text = answer.content.decode()
    assert "Gibt es dieses Programm schon?" in text
    assert national.url in text


def test_the_desk_is_told_of_its_own_drafts(national_editor):
    index = build_funding_index()
    draft = build_funding(index, national_editor, title="Entwurf Nord", source_url=SOURCE)
    page = build_funding(index, national_editor, title="Ganz anders", source_url=SOURCE)
    assert similar_programmes(page) == [draft]

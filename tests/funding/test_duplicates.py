"""A programme entered twice: named after saving, without telling of another house's drafts."""

import pytest
from django.urls import reverse

from cms.models import User
from demo.builders import house_of_region
from demo.builders.funding import build_funding, build_funding_index
from demo.review import publish
from funding.duplicates import bare_address, similar_programmes
from funding.models import FundingPage
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


@pytest.mark.parametrize(
    "typed, is_named",
    [
        ({"title": "Mikrofoerderung Rampe"}, True),
        ({"title": "Neu", "source_url": SOURCE}, True),
        ({"title": "Neu", "source_url": "https://stiftung.example/"}, False),
        ({"title": ""}, False),
        ({"title": "x" * 5000, "own": "abc"}, False),
    ],
)
def test_it_is_noticed_while_typing(sign_in, editor, house, national, typed, is_named):
    address = reverse("similar_programmes", args=[build_funding_index(house).pk])
    text = sign_in(editor).get(address, typed).content.decode()
    assert (national.url in text) is is_named
    assert bool(text) is is_named


def test_the_form_asks_while_somebody_types(sign_in, editor, house):
    index = build_funding_index(house)
    address = reverse("wagtailadmin_pages:add", args=["funding", "fundingpage", index.pk])
    content = sign_in(editor).get(address).content.decode()
    assert content.count(f'data-similar="{reverse("similar_programmes", args=[index.pk])}"') == 2
    assert "js/admin-similar.js" in content


def test_merged_programmes_have_one_address(sign_in, client, editor, house, national):
    duplicate = publish(
        build_funding(build_funding_index(house), editor, source_url=SOURCE), editor
    )
    url = duplicate.url
    desk = sign_in(User.objects.get(pk=national.owner_id))
    address = reverse("merge_programmes", args=[duplicate.pk])
    assert desk.get(address).context["form"].initial["kept"] == national
    FundingPage.objects.filter(pk=national.pk).update(successor=duplicate)
    desk.post(address, {"kept": national.pk})
    answer = client.get(url)
    assert (answer.status_code, answer["Location"]) == (301, national.url)
    duplicate.refresh_from_db()
    national.refresh_from_db()
    assert not duplicate.live
    assert national.successor is None


@pytest.mark.parametrize("is_national", [True, False])
def test_a_programme_is_not_merged_with_itself_nor_by_a_house(
    sign_in, lead, national, national_editor, is_national
):
    address = reverse("merge_programmes", args=[national.pk])
    answer = sign_in(national_editor if is_national else lead).post(address, {"kept": national.pk})
    national.refresh_from_db()
    assert national.live
    assert ("anderes Programm" in answer.content.decode()) is is_national

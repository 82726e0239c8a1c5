"""Requests that no form of ours offers, made up to reach into another house."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment

from tests.admin_forms import form_data
from tests.isolation.world import canaries_in, canary, owner_of

pytestmark = pytest.mark.django_db

ROLES = ("editor", "lead")


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def page_form(client, page):
    response = client.get(edit_url(page))
    return form_data(response.context["form"])


def chooser_block(index, kind, **values):
    prefix = f"body-{index}"
    data = {f"{prefix}-type": kind, f"{prefix}-deleted": "", f"{prefix}-order": str(index)}
    return data | {f"{prefix}-value-{name}": str(value) for name, value in values.items()}


def forge(client, page, kind, **values):
    """Save ``page`` with one more block that refers to something."""
    data = page_form(client, page)
    number = int(data["body-count"])
    data |= chooser_block(number, kind, **values) | {"body-count": str(number + 1)}
    return client.post(edit_url(page), data)


def refers_to(page, item):
    text = Page.objects.get(pk=page.pk).specific.get_latest_revision().content["body"]
    return f": {item.pk}" in text


def link(page):
    return {
        "links-count": 1,
        "links-0-deleted": "",
        "links-0-order": 0,
        "links-0-type": "link",
        "links-0-value-title": "Dort",
        "links-0-value-page": page.pk,
        "links-0-value-url": "",
        "links-0-value-note": "",
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("other", ["b", "n"])
def test_foreign_document_cannot_be_offered(world, role, other):
    page, document = world.sides["a"].review_free, world.sides[other].document
    response = forge(world.clients[role], page, "download", title="Her damit", document=document.pk)
    assert response.status_code == 200
    assert not refers_to(page, document)
    assert not {c for c in canaries_in(response.content) if owner_of(c) == other}


def test_own_document_can_be_offered(world):
    side = world.sides["a"]
    response = forge(
        world.clients["editor"],
        side.review_free,
        "download",
        title="Unser",
        document=side.document.pk,
    )
    assert response.status_code == 302


def test_foreign_picture_cannot_be_shown(world):
    page, image = world.sides["a"].review_free, world.sides["b"].image
    values = {
        "image-image": image.pk,
        "image-decorative": "on",
        "image-alt_text": "",
        "caption": "",
    }
    response = forge(world.clients["editor"], page, "image", **values)
    assert response.status_code == 200
    assert not {c for c in canaries_in(response.content) if owner_of(c) == "b"}


def test_foreign_draft_cannot_be_linked(world):
    page, target = world.sides["a"].review_free, world.sides["b"].draft
    response = forge(world.clients["editor"], page, "links", **link(target))
    assert response.status_code == 200
    assert not {c for c in canaries_in(response.content) if owner_of(c) == "b"}


def test_public_page_of_another_house_can_be_linked(world):
    page, target = world.sides["a"].review_free, world.sides["b"].live
    response = forge(world.clients["editor"], page, "links", **link(target))
    assert response.status_code == 302


def test_what_somebody_else_put_there_stays(world):
    """The desk's picture in a house's draft does not keep its editor from saving."""
    page = world.sides["a"].draft
    page.locked = False
    page.save()
    client = world.clients["editor"]
    data = page_form(client, page) | {"lead_image-count": "1"}
    image = world.sides["n"].desk_image
    data |= {
        "lead_image-0-type": "image",
        "lead_image-0-deleted": "",
        "lead_image-0-order": "0",
        "lead_image-0-value-image-image": str(image.pk),
        "lead_image-0-value-image-decorative": "on",
        "lead_image-0-value-image-alt_text": "",
        "lead_image-0-value-caption": "",
    }
    assert client.post(edit_url(page), data).status_code == 302


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("other", ["b", "n"])
@pytest.mark.parametrize("action", ["move", "copy"])
def test_api_brings_no_page_into_another_house(world, role, other, action):
    page, target = world.sides["a"].draft, world.sides[other].live.get_parent()
    before = target.get_children().count()
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    world.clients[role].post(url, {"destination_page_id": target.pk, "slug": "gekapert"})
    assert Page.objects.get(pk=target.pk).get_children().count() == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["image", "document"])
def test_media_cannot_be_moved_into_a_foreign_collection(world, role, kind):
    side, other = world.sides["a"], world.sides["b"]
    item = getattr(side, kind)
    url = reverse(f"wagtail{kind[:5] if kind == 'image' else 'doc'}s:edit", args=[item.pk])
    world.clients[role].post(url, {"title": "Umzug", "collection": other.region.collection_id})
    item.refresh_from_db()
    assert item.collection_id == side.region.collection_id


@pytest.mark.parametrize("kind", ["customimage", "customdocument"])
def test_bulk_action_adds_nothing_to_a_foreign_collection(world, kind):
    side, other = world.sides["a"], world.sides["b"]
    item = side.image if kind == "customimage" else side.document
    url = reverse("wagtail_bulk_action", args=["cms", kind, "add_to_collection"])
    world.clients["lead"].post(f"{url}?id={item.pk}", {"collection": other.region.collection_id})
    item.refresh_from_db()
    assert item.collection_id == side.region.collection_id


def test_bulk_action_on_all_names_only_what_is_known(world):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    content = world.clients["editor"].get(url, {"id": "all"}).content
    assert {owner_of(found) for found in canaries_in(content)} <= {"a"}


def test_public_pages_of_the_other_house_are_found_in_the_chooser(world):
    url = reverse("wagtailadmin_choose_page_search")
    content = world.clients["editor"].get(url, {"q": "Neisse"}).content.decode()
    assert "Treffen Neisse" in content


def override(client, translation, model, item):
    """Put the number of something in the place of what a translated text refers to."""
    segment = OverridableSegment.objects.get(
        source=translation.source, context__path__endswith={"image": ".image"}.get(model, model)
    )
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    data = urlencode({"value": item.pk})
    return client.put(url, data, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("other", ["b", "n"])
@pytest.mark.parametrize("kind", ["image", "document"])
def test_translation_refers_to_nothing_out_of_reach(world, role, other, kind):
    client, translation = world.clients[role], world.sides["a"].translation
    answer = override(client, translation, kind, getattr(world.sides[other], kind))
    assert answer.status_code == 403
    preview = reverse("wagtail_localize:preview_translation", args=[translation.pk])
    content = client.get(preview).content
    assert not {c for c in canaries_in(content) if owner_of(c) == other}


@pytest.mark.parametrize("kind", ["image", "document"])
def test_translation_refers_to_what_is_within_reach(world, kind):
    client, side = world.clients["editor"], world.sides["a"]
    assert override(client, side.translation, kind, getattr(side, kind)).status_code == 201
    preview = reverse("wagtail_localize:preview_translation", args=[side.translation.pk])
    shown = {"image": "picturefile", "document": "docfile"}[kind]
    assert canary("a", shown) in client.get(preview).content.decode()


def test_number_of_nothing_is_refused_in_a_translation(world):
    client, side = world.clients["editor"], world.sides["a"]
    nothing = type(side.document)(pk=10**9)
    assert override(client, side.translation, "document", nothing).status_code == 403

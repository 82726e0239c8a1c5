"""Uploaded files by their addresses: documents, originals of pictures, scaled copies."""

import pytest
from django.conf import settings
from django.test import Client

from tests.isolation.world import ROLES

pytestmark = pytest.mark.django_db

#: Who gets a document or an original that no public page uses.
READERS = {"own": {"editor", "lead"}, "foreign": {"other_editor"}, "national": set()}
ALL_SEEING = {"national_editor", "administrator"}
SIDES = {"own": "a", "foreign": "b", "national": "n"}


def readers(world, address):
    return {role for role in ROLES if world.clients[role].get(address).status_code == 200}


@pytest.mark.parametrize("whose", SIDES)
def test_unpublished_document_is_for_its_house(world, whose):
    document = world.sides[SIDES[whose]].document
    assert readers(world, document.url) == READERS[whose] | ALL_SEEING


@pytest.mark.parametrize("whose", SIDES)
def test_document_of_a_public_page_is_for_everybody(world, whose):
    assert readers(world, world.sides[SIDES[whose]].public_document.url) == set(ROLES)


def test_document_goes_with_its_page(world):
    side = world.sides["b"]
    side.live.unpublish()
    assert Client().get(side.public_document.url).status_code == 404


@pytest.mark.parametrize("kind", ["document", "public_document"])
@pytest.mark.parametrize("role", ROLES)
def test_document_has_no_second_address(world, kind, role):
    path = getattr(world.sides["a"], kind).file.name
    assert world.clients[role].get(f"{settings.MEDIA_URL}{path}").status_code == 404


@pytest.mark.parametrize("whose", SIDES)
@pytest.mark.parametrize("kind", ["image", "public_image"])
def test_original_of_a_picture_is_for_its_house(world, whose, kind):
    path = getattr(world.sides[SIDES[whose]], kind).file.name
    assert readers(world, f"{settings.MEDIA_URL}{path}") == READERS[whose] | ALL_SEEING


def test_file_out_of_the_folder_is_not_found(world):
    assert world.clients["administrator"].get("/media/../manage.py").status_code == 404


def test_scaled_copy_lies_where_nobody_can_guess(world):
    image = world.sides["a"].image
    secret = image.file.name.split("/")[-2]
    assert len(secret) == 16
    assert secret in image.get_rendition("width-20").url
    assert secret != world.sides["a"].public_image.file.name.split("/")[-2]


def test_scaled_copy_is_plain_to_load(world):
    rendition = world.sides["a"].image.get_rendition("width-20")
    assert Client().get(rendition.url).status_code == 200

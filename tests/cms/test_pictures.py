"""What a picture brings along to where it is used."""

import pytest
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError
from wagtail.images.tests.utils import get_test_image_file

from cms.blocks.images import PictureBlock, PictureChooser
from cms.models import CustomImage
from cms.templatetags.pictures import crop_class

pytestmark = pytest.mark.django_db


def test_the_name_of_a_file_is_no_description():
    assert CustomImage(title="IMG_2034.jpg").default_alt_text == ""


def test_its_own_description_is_offered():
    image = CustomImage(title="IMG_2034.jpg", description="Zwei Frauen reparieren ein Fahrrad")
    assert image.default_alt_text == "Zwei Frauen reparieren ein Fahrrad"


@pytest.fixture
def picture():
    """A described picture of which nobody knows whose it is."""
    image = CustomImage.objects.create(title="Werkstatt", file=get_test_image_file())
    image.contextual_alt_text, image.decorative = "Zwei Frauen reparieren ein Fahrrad", False
    return image


@pytest.mark.parametrize("known", [{"credit": "Foto: Imke"}, {"licence": "CC BY 4.0"}, {}])
def test_a_picture_of_unknown_origin_is_not_submitted(picture, known):
    vars(picture).update(known)
    with pytest.raises(StructBlockValidationError) as refused:
        PictureBlock().clean(picture)
    assert "image" in refused.value.block_errors


def test_all_that_a_picture_lacks_is_said_at_once(picture):
    picture.contextual_alt_text = ""
    with pytest.raises(StructBlockValidationError) as refused:
        PictureBlock().clean(picture)
    assert set(refused.value.block_errors) == {"image", "alt_text"}


def test_a_draft_may_have_it(picture):
    block = PictureBlock()
    block.is_deferred_validation = True
    assert block.clean(picture) == picture


def test_a_picture_with_credit_and_licence_is_submitted(picture):
    picture.credit, picture.licence = "Foto: Imke", "mit Erlaubnis"
    assert PictureBlock().clean(picture) == picture


def test_the_chooser_says_whose_it_is(picture):
    assert PictureChooser().get_display_title(picture).endswith("Bildnachweis oder Erlaubnis fehlt")
    picture.credit, picture.licence = "Foto: Imke", "CC BY 4.0"
    assert PictureChooser().get_display_title(picture) == "Werkstatt – Foto: Imke, CC BY 4.0"


@pytest.mark.parametrize(
    ("size", "focus", "expected"),
    [
        ((900, 1200), None, "crop-y-0"),
        ((900, 1600), None, "crop-y-0"),
        ((600, 1600), None, "crop-y-0"),
        ((1200, 1000), None, ""),
        ((1600, 1000), None, ""),
        ((1600, 900), None, ""),
        ((900, 1200), (450, 1000), "crop-y-4"),
        ((900, 1200), (450, 600), ""),
        ((1200, 1000), (600, 100), "crop-y-0"),
        ((2000, 1000), (300, 500), "crop-x-0"),
        ((2000, 1000), (1100, 500), "crop-x-3"),
        ((1600, 1000), (10, 10), ""),
        ((0, 0), None, ""),
    ],
)
def test_a_crop_keeps_the_focal_point_or_the_head_of_a_portrait(size, focus, expected):
    image = CustomImage(width=size[0], height=size[1])
    if focus:
        image.focal_point_x, image.focal_point_y = focus
        image.focal_point_width = image.focal_point_height = 50
    assert crop_class(image) == expected
    assert crop_class(image, "house-shape") == f"house-shape {expected}".strip()


def test_where_a_picture_is_edited_one_sees_its_crop(picture, administrator, sign_in):
    address = reverse("wagtailimages:edit", args=[picture.pk])
    body = sign_in(administrator).get(address).content.decode()
    assert 'class="picture-crop' in body
    assert "Ganz oben auf einer Seite" in body

"""What a picture brings along to where it is used."""

import pytest

from cms.models import CustomImage

pytestmark = pytest.mark.django_db


def test_the_name_of_a_file_is_no_description():
    assert CustomImage(title="IMG_2034.jpg").default_alt_text == ""


def test_its_own_description_is_offered():
    image = CustomImage(title="IMG_2034.jpg", description="Zwei Frauen reparieren ein Fahrrad")
    assert image.default_alt_text == "Zwei Frauen reparieren ein Fahrrad"

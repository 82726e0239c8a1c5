"""Pictures come in small formats and fitting sizes, and nothing moves when they arrive."""

import io
import re
from html.parser import HTMLParser

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image, features

from cms.jobs.renditions import scale_pictures
from cms.models import CustomImage, Rendition
from news.models import NewsPage
from tests.built import run_on_commit_callbacks
from tests.databases.templates import Template
from tests.site.conftest import SITE

pytestmark = pytest.mark.django_db
WIDTHS = [480, 768, 1120]


class Pictures(HTMLParser):
    """The pictures of a page: attributes of each source and of the element itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, dict[str, str]]] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "picture":
            self.found.append({})
            self._inside = True
        elif self._inside and tag in ("source", "img"):
            self.found[-1][given["type"] if tag == "source" else "img"] = given

    def handle_endtag(self, tag: str) -> None:
        if tag == "picture":
            self._inside = False


def build_pictures() -> str:
    """A public page with a picture at the top and one in its text."""
    Rendition.cache_backend.clear()  # pictures of other databases have the same numbers
    content = io.BytesIO()
    Image.effect_noise((1600, 900), 60).convert("RGB").save(content, "JPEG")
    image = CustomImage.objects.create(
        title="Werkstatt", file=ImageFile(io.BytesIO(content.getvalue()), "werkstatt.jpg")
    )
    image.contextual_alt_text, image.decorative = "Zwei Menschen an der Werkbank", False
    value = {"image": image, "caption": "In der Werkstatt"}
    page = NewsPage.objects.live().first()
    page.lead_image, page.body = [("image", value)], [("image", value)]
    page.save()
    run_on_commit_callbacks()
    scale_pictures()
    return Client().get(page.url).content.decode()


PICTURES = Template("pictures", build_pictures, SITE, files=("tests/built.py",))


@pytest.fixture
def database_template() -> Template:
    return PICTURES


@pytest.fixture
def pictures(db, database) -> list[dict[str, dict[str, str]]]:
    """Those of a page with a picture at the top and one in its text."""
    return Pictures(database.content).found


def widths(srcset: str) -> list[int]:
    return [int(width) for width in re.findall(r" (\d+)w", srcset)]


def test_the_image_library_writes_both_small_formats() -> None:
    assert (features.check("avif"), features.check("webp")) == (True, True)


def test_there_are_two_to_look_at(pictures) -> None:
    assert len(pictures) == 2


def test_browsers_are_offered_the_smallest_format_first(pictures) -> None:
    assert [list(picture) for picture in pictures] == [["image/avif", "image/webp", "img"]] * 2


def test_each_format_comes_in_fitting_sizes(pictures) -> None:
    every = [each for picture in pictures for each in picture.values()]
    assert [widths(each["srcset"]) for each in every] == [WIDTHS] * 6
    assert all(each["sizes"] for each in every)


def test_room_is_kept_for_them(pictures) -> None:
    shapes = [(int(p["img"]["width"]), int(p["img"]["height"])) for p in pictures]
    assert all(abs(width / height - 16 / 9) < 0.01 for width, height in shapes)


def test_the_one_at_the_top_comes_first_and_the_others_when_needed(pictures) -> None:
    top, below = (picture["img"] for picture in pictures)
    assert (top.get("loading"), top.get("fetchpriority")) == (None, "high")
    assert (below.get("loading"), below.get("fetchpriority")) == ("lazy", None)


def test_they_say_what_they_show(pictures) -> None:
    assert {picture["img"]["alt"] for picture in pictures} == {"Zwei Menschen an der Werkbank"}


def test_the_new_format_is_worth_its_trouble(pictures) -> None:
    image = CustomImage.objects.get()
    new, old = (image.get_rendition(f"format-{name}|width-768") for name in ("avif", "jpeg"))
    assert new.file.size < old.file.size

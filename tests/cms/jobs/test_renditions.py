"""Pictures are scaled soon after publication, and nothing depends on it."""

import io
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.images import ImageFile
from PIL import Image

from cms.jobs import registry, renditions
from cms.jobs.renditions import SPECS, scale_pictures
from cms.models import CustomImage, Rendition, User
from demo.review import publish
from news.models import NewsPage
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db

_SIZES = re.compile(r"{% picture \S+ (\S+ \S+) ")


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Numbers of pictures come again in every test."""
    Rendition.cache_backend.clear()
    cache.clear()


def build_image(title: str = "Werkstatt") -> CustomImage:
    content = io.BytesIO()
    Image.new("RGB", (1600, 900), "brown").save(content, "JPEG")
    file = ImageFile(io.BytesIO(content.getvalue()), "werkstatt.jpg")
    return CustomImage.objects.create(title=title, file=file)


@pytest.fixture
def show(news: NewsPage, editor: User, lead: User) -> Callable[..., NewsPage]:
    """Publish a piece of news with pictures; or only write it."""

    def write(*images: CustomImage, public: bool = True) -> NewsPage:
        for image in images:
            image.contextual_alt_text, image.decorative = "Menschen an der Werkbank", False
        news.body = [("image", {"image": image, "caption": ""}) for image in images]
        news.save_revision(user=editor)
        if public:
            publish(news, editor)
        else:
            news.save()
        run_on_commit_callbacks()
        return news

    return write


def scaled(image: CustomImage) -> set[str]:
    return set(image.renditions.values_list("filter_spec", flat=True))


def test_pictures_of_a_public_page_are_scaled(show):
    image = build_image()
    show(image)
    assert scale_pictures() == "1 verkleinert, 0 fehlgeschlagen"
    assert scaled(image) == set(SPECS)


def test_its_first_reader_has_nothing_left_to_scale(client, show):
    image = build_image()
    page = show(image)
    scale_pictures()
    ready = set(Rendition.objects.values_list("pk", flat=True))
    assert image.renditions.first().url in client.get(page.url).content.decode()
    assert set(Rendition.objects.values_list("pk", flat=True)) == ready


def test_what_is_ready_is_not_made_again(show):
    show(build_image())
    scale_pictures()
    assert scale_pictures() == "0 verkleinert, 0 fehlgeschlagen"


def test_one_missing_copy_is_made_up_for(show):
    image = build_image()
    show(image)
    scale_pictures()
    image.renditions.first().delete()
    scale_pictures()
    assert scaled(image) == set(SPECS)


def test_pictures_of_drafts_wait(show):
    image = build_image()
    show(image, public=False)
    scale_pictures()
    assert scaled(image) == set()


def test_pictures_nobody_shows_wait(show):
    image = build_image()
    scale_pictures()
    assert scaled(image) == set()


def test_a_broken_picture_stops_no_other_and_is_left_alone(show):
    whole, broken = build_image(), build_image("Kaputt")
    show(whole, broken)
    with broken.file.storage.open(broken.file.name, "wb") as file:
        file.write(b"kein Bild")
    assert scale_pictures() == "1 verkleinert, 1 fehlgeschlagen"
    assert scaled(whole) == set(SPECS)
    assert scale_pictures() == "0 verkleinert, 0 fehlgeschlagen"


def test_other_work_does_not_wait_long(show, monkeypatch):
    show(build_image(), build_image("Zweites"))
    monkeypatch.setattr(renditions, "BUDGET_SECONDS", 0)
    outcomes = [scale_pictures() for _ in range(3)]
    assert [outcome.split()[0] for outcome in outcomes] == ["1", "1", "0"]


def test_it_is_periodic_work():
    assert "pictures" in {work.name for work in registry.registered()}


def test_templates_ask_for_these_sizes_only():
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    # Editors see the original of a picture as Wagtail's admin scales it.
    texts = [path.read_text() for path in templates if path.parts[-3] != "wagtailimages"]
    asked = {found for text in texts for found in _SIZES.findall(text)}
    # What is shown small takes the smallest of the sizes that are made.
    widths = ("{480,768,1120}", "480")
    assert asked == {f"format-{{avif,webp,jpeg}} width-{width}" for width in widths}
    assert sum(text.count("{% picture ") for text in texts) == sum(
        len(_SIZES.findall(text)) for text in texts
    )
    assert not any("{% image " in text for text in texts)

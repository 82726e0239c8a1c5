"""Pictures that are taken can be shown, and hold nothing but what is seen."""

import io
import itertools
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms, PngImagePlugin
from wagtail.images.forms import get_image_form

from cms.files import picture_child, process
from cms.jobs.renditions import SPECS
from cms.models import CustomImage, Rendition, User
from cms.models.media import ADMIN_SPECS
from demo.review import publish
from news.models import NewsPage
from tests.built import run_on_commit_callbacks

pytestmark = pytest.mark.django_db

PLACE = {1: "N", 2: (52.0, 16.0, 37.0), 3: "E", 4: (7.0, 26.0, 12.0)}
SECRET = b"Erika Geheim"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PROFILES = {"none": None, "damaged": b"garbage" * 100, "sRGB": SRGB}
MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB", "HSV", "F")
DEEP_MODES = ("I", "I;16")
NO_PROFILE = {"none": None}
TAKEN = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
ENDINGS = {
    "JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif",
    "TIFF": "tiff", "BMP": "bmp", "ICO": "ico", "JPEG2000": "jp2", "TGA": "tga", "PPM": "ppm",
}  # fmt: skip


@pytest.fixture
def here(monkeypatch) -> None:
    """Work that a child process does is done in this one."""
    programs = {"prepare": picture_child.prepare, "render": picture_child.render}
    monkeypatch.setattr(process, "run", lambda script, name, order: programs[name](order))


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Numbers of pictures come again in every test."""
    Rendition.cache_backend.clear()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def photo(size: tuple[int, int] = (60, 40)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert("RGB")


@pytest.fixture
def upload(editor: User, region) -> Callable[..., CustomImage]:
    """Upload a picture as every form of the admin does; the error as text if it is refused."""

    def send(name: str, content: bytes, **data: object) -> CustomImage:
        values = {"title": name, "collection": region.collection_id, **data}
        files = {"file": SimpleUploadedFile(name, content)}
        form = get_image_form(CustomImage)(values, files, user=editor)
        assert form.is_valid(), form.errors.as_text()
        return form.save()

    return send


def described() -> list[CustomImage]:
    """All pictures as blocks need them."""
    images = list(CustomImage.objects.all())
    for image in images:
        image.contextual_alt_text, image.decorative = "Ein Bild", False
    return images


def published(news: NewsPage, editor: User, body: object) -> NewsPage:
    """A public page with pictures."""
    news.body = body
    news.save_revision(user=editor)
    page = publish(news, editor)
    run_on_commit_callbacks()
    return page


def every_kind() -> Iterator[tuple[str, bytes]]:
    """Whatever Pillow can write in any of its formats, modes and profiles."""
    seen: set[bytes] = set()
    for kind, ending in ENDINGS.items():
        modes, profiles = (
            (MODES + DEEP_MODES, PROFILES) if kind in TAKEN else (("RGB",), NO_PROFILE)
        )
        for mode, (profile, data) in itertools.product(modes, profiles.items()):
            extra = {"icc_profile": data} if data else {}
            try:
                content = saved(Image.new(mode, (24, 16)), kind, **extra)
            except (OSError, ValueError, KeyError):
                continue
            # Some formats write several modes alike.
            if content not in seen:
                seen.add(content)
                yield f"{mode}-{profile}.{ending}".replace(";", ""), content
    yield "transparent.png", saved(Image.new("P", (24, 16)), "PNG", transparency=0)
    yield "colour-key.png", saved(photo((24, 16)), "PNG", transparency=(0, 0, 0))
    frames = [Image.new("RGBA", (24, 16), colour) for colour in ("red", "green", "blue")]
    for ending, kind in (("png", "PNG"), ("gif", "GIF"), ("webp", "WEBP"), ("avif", "AVIF")):
        moving = saved(frames[0], kind, save_all=True, append_images=frames[1:])
        yield f"moving.{ending}", moving
    yield "phone.jpg", saved(frames[0].convert("RGB"), "MPO", save_all=True,
                             append_images=[frames[1].convert("RGB")])  # fmt: skip


def endings(names: list[str]) -> set[str]:
    return {name.rpartition(".")[2] for name in names}


def test_every_picture_that_is_taken_is_shown(
    here, monkeypatch, client, news, editor, lead, region
):
    monkeypatch.setattr("cms.models.media.ADMIN_SPECS", ())
    taken, refused = [], []
    for name, content in every_kind():
        values = {"title": name, "collection": region.collection_id}
        files = {"file": SimpleUploadedFile(name, content)}
        form = get_image_form(CustomImage)(values, files, user=editor)
        (taken if form.is_valid() else refused).append(name)
        if form.is_valid():
            form.save()
    assert endings(refused) == {"tiff", "bmp", "ico", "jp2", "tga", "ppm"}
    assert endings(taken) == {"jpg", "png", "gif", "webp", "avif"}
    shown = [("image", {"image": image, "caption": ""}) for image in described()]
    response = client.get(published(news, editor, shown).url)
    assert response.status_code == 200
    assert response.content.count(b"<picture>") == len(taken)


def test_a_picture_has_its_renditions_when_it_arrives(upload):
    image = upload("a.jpg", saved(photo(), "JPEG"))
    assert set(image.renditions.values_list("filter_spec", flat=True)) == {*SPECS, *ADMIN_SPECS}


def test_a_damaged_profile_of_printers_colours_is_dropped(upload):
    image = upload(
        "a.jpg",
        saved(Image.new("CMYK", (60, 40), (90, 0, 20, 0)), "JPEG", icc_profile=b"garbage" * 100),
    )
    with image.open_file() as file:
        stored = Image.open(file)
        assert (stored.mode, stored.info.get("icc_profile")) == ("RGB", None)


def test_a_profile_a_browser_can_use_stays(upload):
    image = upload("a.jpg", saved(photo(), "JPEG", icc_profile=SRGB))
    with image.open_file() as file:
        assert Image.open(file).info["icc_profile"] == SRGB


def test_sixteen_bits_become_eight(upload):
    grey = Image.new("I;16", (60, 40), 0x8080)
    with upload("a.png", saved(grey, "PNG")).open_file() as file:
        assert Image.open(file).getpixel((5, 5)) == (128, 128, 128)


def personal(kind: str) -> bytes:
    """A picture that says where, by whom and with what it was taken, turned by a quarter."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x0110] = 6, SECRET.decode(), SECRET.decode()
    exif.get_ifd(0x8825).update(PLACE)
    exif[0x8825] = exif.get_ifd(0x8825)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>%s</x:xmpmeta>" % SECRET
    options: dict[str, object] = {"exif": exif, "xmp": xmp}
    if kind == "JPEG":
        options["comment"] = SECRET
    if kind == "PNG":
        options = {"exif": exif, "pnginfo": PngImagePlugin.PngInfo()}
        options["pnginfo"].add_text("Author", SECRET.decode())
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", xmp.decode())
    if kind == "GIF":
        options = {"comment": SECRET}
    return saved(photo(), kind, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_nothing_personal_stays_in_a_picture(upload, kind):
    content = personal(kind)
    assert SECRET in content
    image = upload(f"a.{ENDINGS[kind]}", content)
    for stored in (image, *image.renditions.all()):
        data = Path(stored.file.path).read_bytes()
        assert SECRET not in data
        assert not Image.open(io.BytesIO(data)).getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_turned_picture_is_stored_upright(upload, kind):
    image = upload(f"a.{ENDINGS[kind]}", personal(kind))
    assert (image.width, image.height) == (40, 60)


@pytest.mark.parametrize(
    "name, ending", [("foto.jfif", "jpg"), ("foto.JPEG", "jpg"), ("foto.jpg", "jpg")]
)
def test_names_of_pictures_end_in_the_usual_way(upload, name, ending):
    assert upload(name, saved(photo(), "JPEG")).filename == f"foto.{ending}"


def test_a_picture_is_reduced_and_keeps_its_focal_point(upload, monkeypatch):
    monkeypatch.setattr("cms.files.pictures.MOST_STORED_PIXELS", 600)
    focal = {"focal_point_x": 30, "focal_point_y": 20, "focal_point_width": 10}
    image = upload("a.png", saved(photo(), "PNG"), **focal, focal_point_height=10)
    assert (image.width, image.height) == (30, 20)
    assert (image.focal_point_x, image.focal_point_y, image.focal_point_width) == (15, 10, 5)


def header_of(kind: str, width: int, height: int) -> bytes:
    """A small picture whose header claims another size."""
    content = saved(Image.new("RGB", (16, 16)), kind)
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    if kind == "PNG":
        # Pillow verifies the checksum.
        body = b"IHDR" + size + content[24:29]
        return content[:12] + body + zlib.crc32(body).to_bytes(4, "big") + content[33:]
    start = content.index(b"\xff\xc0") + 5
    return (
        content[:start]
        + height.to_bytes(2, "big")
        + width.to_bytes(2, "big")
        + content[start + 4 :]
    )


@pytest.mark.parametrize(
    "kind, width, height, most", [("PNG", 11_000, 11_000, "50"), ("JPEG", 20_000, 10_001, "200")]
)
def test_too_many_pixels_are_refused_by_the_header_in_words(
    monkeypatch, editor, region, kind, width, height, most
):
    monkeypatch.setattr(process, "run", None)  # nothing is decoded
    files = {"file": SimpleUploadedFile(f"a.{ENDINGS[kind]}", header_of(kind, width, height))}
    values = {"title": "a", "collection": region.collection_id}
    form = get_image_form(CustomImage)(values, files, user=editor)
    (message,) = form.errors["file"]
    assert f"{most} sind möglich" in message
    assert "4.000 Pixel" in message


@pytest.mark.parametrize("reason", ["memory", "time"])
def test_what_takes_too_much_to_open_is_refused_in_words(monkeypatch, editor, region, reason):
    def refuse(*args: object) -> None:
        raise process.FileProblem(reason)

    monkeypatch.setattr(process, "run", refuse)
    files = {"file": SimpleUploadedFile("a.jpg", saved(photo(), "JPEG"))}
    form = get_image_form(CustomImage)(
        {"title": "a", "collection": region.collection_id}, files, user=editor
    )
    assert "4.000 Pixel" in form.errors["file"][0]


def test_a_decoder_that_asks_for_too_much_memory_is_stopped(monkeypatch, tmp_path):
    Image.new("RGB", (4000, 3000)).save(tmp_path / "a.png", compress_level=1)
    monkeypatch.setattr(process, "MOST_BYTES", 60 * 1024 * 1024)
    source, target = str(tmp_path / "a.png"), str(tmp_path / "b")
    order = {"source": source, "target": target, "most_pixels": 100}
    with pytest.raises(process.FileProblem) as told:
        process.run("picture_child.py", "prepare", order)
    assert told.value.reason in ("memory", "unreadable")
    assert not (tmp_path / "b").exists()


def test_a_visitor_waits_for_no_rendition(client, news, editor, lead):
    CustomImage.objects.create(
        title="Ohne", file=SimpleUploadedFile("a.jpg", saved(photo(), "JPEG"))
    )
    (image,) = described()
    shown = [("image", {"image": image, "caption": "Bildtext"})]
    response = client.get(published(news, editor, shown).url)
    assert response.status_code == 200
    assert b"Bildtext" not in response.content
    assert not Rendition.objects.exists()


def test_a_full_disk_is_said_and_loses_nothing(monkeypatch, sign_in, editor, region):
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    data = {
        "title": "Der Titel bleibt",
        "file": SimpleUploadedFile("a.jpg", saved(photo(), "JPEG")),
        "collection": region.collection_id,
    }
    response = sign_in(editor).post(reverse("wagtailimages:add"), data)
    assert "keinen Platz" in response.content.decode()
    assert "Der Titel bleibt" in response.content.decode()
    assert not CustomImage.objects.exists()


def test_a_disk_that_is_full_while_the_upload_arrives_is_said(monkeypatch, sign_in, editor, region):
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", full)
    data = {"title": "Der Titel bleibt", "collection": region.collection_id}
    data["file"] = SimpleUploadedFile("a.jpg", saved(photo(), "JPEG"))
    response = sign_in(editor).post(reverse("wagtailimages:add"), data)
    assert "keinen Platz" in response.content.decode()
    assert "Der Titel bleibt" in response.content.decode()


def test_a_replaced_file_goes_when_the_change_is_certain(
    upload, editor, region, django_capture_on_commit_callbacks
):
    image = upload("alt.jpg", saved(photo(), "JPEG"))
    before = Path(image.file.path)
    files = {"file": SimpleUploadedFile("neu.jpg", saved(photo(), "JPEG"))}
    values = {"title": "neu", "collection": region.collection_id}
    with django_capture_on_commit_callbacks() as waiting:
        form = get_image_form(CustomImage)(values, files, instance=image, user=editor)
        form.save()
        assert before.exists()
    for callback in waiting:
        callback()
    assert not before.exists()
    assert image.filename.startswith("neu")


def test_only_the_service_reads_an_original_and_everybody_a_rendition(upload):
    image = upload("a.jpg", saved(photo(), "JPEG"))
    assert Path(image.file.path).stat().st_mode & 0o077 == 0
    assert Path(image.renditions.first().file.path).stat().st_mode & 0o004


def test_a_full_disk_is_said_beside_one_of_many_files(monkeypatch, sign_in, editor, region):
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    # A title that is too long has the file kept until somebody shortens it.
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    data = {"title": "a" * 300, "collection": region.collection_id}
    data["files[]"] = SimpleUploadedFile("a.jpg", saved(photo(), "JPEG"))
    answer = sign_in(editor).post(
        reverse("wagtailimages:add_multiple"), data, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert "keinen Platz" in answer.json()["error_message"]

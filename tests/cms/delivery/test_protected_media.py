"""Uploads that cannot work say why, in German; nothing is an error page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cms.models import CustomDocument, CustomImage

pytestmark = pytest.mark.django_db


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind)
    return stream.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
)
MEGABYTE = 1024 * 1024


def upload_image(client, region, name: str, content: bytes):
    data = {
        "title": "Werkstatt",
        "file": SimpleUploadedFile(name, content),
        "collection": region.collection_id,
    }
    return client.post(reverse("wagtailimages:add"), data)


def upload_document(client, region, name: str, content: bytes = PDF):
    data = {
        "title": "Leitfaden",
        "file": SimpleUploadedFile(name, content),
        "collection": region.collection_id,
    }
    return client.post(reverse("wagtaildocs:add"), data)


@pytest.mark.parametrize("name, kind", [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")])
def test_picture_is_taken(sign_in, editor, region, name, kind):
    upload_image(sign_in(editor), region, name, picture(kind))
    assert CustomImage.objects.get().collection_id == region.collection_id


def heic() -> bytes:
    heif = pytest.importorskip("pillow_heif", reason="needs pillow-heif")
    heif.register_heif_opener()
    return picture("HEIF")


def test_picture_of_a_phone_is_taken_and_shown_as_jpeg(sign_in, editor, region):
    response = upload_image(sign_in(editor), region, "foto.heic", heic())
    assert response.status_code == 302
    assert CustomImage.objects.get().get_rendition("width-20").file.name.endswith(".jpg")


@pytest.mark.parametrize(
    "name, content, told",
    [
        ("gross.jpg", picture() + b"\0" * 30 * MEGABYTE, "zu groß"),
        ("brief.jpg", PDF, "gültiges Bild"),
        ("brief.pdf", PDF, "gültiges Bild"),
        ("zeichnung.svg", SVG, "Nicht unterstützt"),
        ("leer.jpg", b"", "leer"),
        ("abgerissen.jpg", picture()[:60], "gültiges Bild"),
        ("halb.jpg", picture(size=(900, 700))[:-900], "gültiges Bild"),
        ("bild.jpg", picture("PNG"), "Kein gültiges"),
        ("foto.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40, "gültiges Bild"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unfit_picture_is_refused_in_german(sign_in, editor, region, name, content, told):
    response = upload_image(sign_in(editor), region, name, content)
    assert response.status_code == 200
    assert told in " ".join(response.context["form"].errors["file"])


@pytest.mark.parametrize("name", ["gross.jpg", "brief.jpg"])
def test_refused_picture_leaves_nothing(sign_in, editor, region, name):
    content = PDF if name == "brief.jpg" else picture() + b"\0" * 30 * MEGABYTE
    upload_image(sign_in(editor), region, name, content)
    assert not CustomImage.objects.exists()


def test_document_is_taken(sign_in, editor, region):
    upload_document(sign_in(editor), region, "leitfaden.pdf")
    assert CustomDocument.objects.get().collection_id == region.collection_id


@pytest.mark.parametrize("name", ["programm.exe", "seite.html", "bild.svg", "makro.docm", "ohne"])
def test_document_of_a_forbidden_kind_is_refused_in_german(sign_in, editor, region, name):
    response = upload_document(sign_in(editor), region, name)
    assert response.status_code == 200
    assert "nicht erlaubt" in " ".join(response.context["form"].errors["file"])


def test_document_that_is_too_large_is_refused_in_german(sign_in, editor, region):
    response = upload_document(sign_in(editor), region, "gross.pdf", PDF + b"\0" * 21 * MEGABYTE)
    assert response.status_code == 200
    assert "zu groß" in " ".join(response.context["form"].errors["file"])


def test_foreign_collection_is_refused(sign_in, editor, region, other_region):
    upload_image(sign_in(editor), other_region, "a.jpg", picture())
    assert not CustomImage.objects.filter(collection=other_region.collection).exists()

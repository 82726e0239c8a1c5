"""Documents are what they say, name nobody unsaid, and are stored for the service alone."""

import io
import os
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image
from wagtail.documents.forms import get_document_form

from cms.files.names import clean_name
from cms.jobs.orphaned_files import remove_orphaned_files
from cms.models import CustomDocument, CustomImage, User

pytestmark = pytest.mark.django_db

CORE = (
    '<cp:coreProperties xmlns:cp="a" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>Erika Muster</dc:creator><cp:lastModifiedBy>Max Beispiel</cp:lastModifiedBy>"
    "</cp:coreProperties>"
)
META = (
    '<office:document-meta xmlns:office="o" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<office:meta><dc:creator>Erika Muster</dc:creator></office:meta></office:document-meta>"
)
#: How Word stores what a password protects.
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def archive(**parts: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def docx(**parts: str | bytes) -> bytes:
    usual = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
    return archive(**usual, **parts)


def odt(**parts: str | bytes) -> bytes:
    return archive(mimetype=ODT_TYPE, **{"content.xml": "<o/>"}, **parts)


def pdf(password: str = "", **properties: str) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({f"/{name}": value for name, value in properties.items()})
    if password:
        writer.encrypt(password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.fixture
def form_for(editor: User, region) -> Callable[[str, bytes], object]:
    """The form of a document that is uploaded."""

    def bound(name: str, content: bytes) -> object:
        values = {"title": name, "collection": region.collection_id}
        files = {"file": SimpleUploadedFile(name, content)}
        return get_document_form(CustomDocument)(values, files, user=editor)

    return bound


@pytest.fixture
def upload(form_for) -> Callable[[str, bytes], CustomDocument]:
    """The document that is stored of an upload."""

    def stored(name: str, content: bytes) -> CustomDocument:
        form = form_for(name, content)
        assert form.is_valid(), form.errors.as_text()
        return form.save()

    return stored


@pytest.mark.parametrize(
    "name, content",
    [
        ("a.pdf", pdf()),
        ("a.docx", docx()),
        ("a.odt", odt()),
        ("a.xlsx", archive(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"})),
        ("a.txt", "Grüße".encode("cp1252")),
        ("a.csv", "Größe;Menge\r\n1;2".encode("utf-16")),
        ("a.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_what_it_says_is_taken(form_for, name, content):
    form = form_for(name, content)
    assert form.is_valid(), form.errors.as_text()


@pytest.mark.parametrize(
    "name, content, told",
    [
        ("kein.pdf", b"MZ\x90", "kein PDF"),
        ("h.pdf", b"<script>1</script>", "kein PDF"),
        ("h.txt", b"<script>1</script>", "kein TXT"),
        ("programm.csv", b"MZ\x90", "kein CSV"),
        ("termin.ics", b"Termin", "kein ICS"),
        ("brief.docx", pdf(), "kein DOCX"),
        ("brief.docx", odt(), "kein DOCX"),
        ("brief.odt", docx(), "kein ODT"),
        ("geheim.pdf", pdf(password="geheim"), "verschlüsselt"),
        ("geheim.docx", ENCRYPTED, "verschlüsselt"),
        ("geheim.odt", odt(**{"META-INF/manifest.xml": "<encryption-data/>"}), "verschlüsselt"),
        ("makro.docx", docx(**{"word/vbaProject.bin": b"1"}), "Makros"),
        ("makro.odt", odt(**{"Basic/Standard/Module1.xml": "<m/>"}), "Makros"),
        ("bombe.docx", docx(**{"word/media.xml": b"\0" * 30_000_000}), "entpackt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_not_is_refused_in_words(form_for, name, content, told):
    (message,) = form_for(name, content).errors["file"]
    assert told in message


def test_an_empty_file_is_refused_in_one_sentence(form_for):
    (message,) = form_for("leer.pdf", b"").errors["file"]
    assert "leer" in message


@pytest.mark.parametrize(
    "name, content, people",
    [
        ("a.pdf", pdf(Author="Erika Muster"), "Erika Muster"),
        ("a.docx", docx(**{"docProps/core.xml": CORE}), "Erika Muster, Max Beispiel"),
        ("a.odt", odt(**{"meta.xml": META}), "Erika Muster"),
    ],
)
def test_whom_a_document_names_is_told_to_the_editor(
    sign_in, administrator, upload, name, content, people
):
    document = upload(name, content)
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    shown = sign_in(administrator).get(edit).content.decode()
    assert f"nennt die Datei: {people}." in shown


@pytest.mark.parametrize(
    "given, kept",
    [
        (unicodedata.normalize("NFD", "Förderübersicht größer.pdf"), "Förderübersicht größer.pdf"),
        ("Bericht\u202efdp.exe.pdf", "Berichtfdp.exe.pdf"),
        ("a\x07b\u2028c.pdf", "abc.pdf"),
    ],
)
def test_names_are_composed_and_without_controls(given, kept):
    assert clean_name(given) == kept


def test_umlauts_stay_in_title_and_file_name(sign_in, editor, region):
    name = unicodedata.normalize("NFD", "Förderübersicht größer.pdf")
    data = {"title": name, "collection": region.collection_id}
    data["file"] = SimpleUploadedFile(name, pdf())
    sign_in(editor).post(reverse("wagtaildocs:add"), data)
    document = CustomDocument.objects.get()
    assert (document.title, document.filename) == (
        "Förderübersicht größer.pdf",
        "Förderübersicht_größer.pdf",
    )


def test_a_document_is_readable_for_the_service_only(upload):
    document = upload("a.pdf", pdf())
    assert Path(document.file.path).stat().st_mode & 0o077 == 0


def test_a_document_that_is_not_for_everybody_is_kept_by_no_shared_cache(sign_in, editor, upload):
    document = upload("a.pdf", pdf())
    response = sign_in(editor).get(document.url)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]
    assert "Content-Encoding" not in response


def test_what_no_row_names_is_removed_after_an_hour(upload):
    document = upload("a.pdf", pdf())
    storage = document.file.storage
    left, fresh = (storage.path(storage.save(f"documents/{n}", ContentFile(b"1"))) for n in "ab")
    for path in (left, document.file.path):
        os.utime(path, (0, 0))
    remove_orphaned_files()
    assert [Path(path).exists() for path in (left, fresh, document.file.path)] == [
        False,
        True,
        True,
    ]


def test_a_file_that_disappears_meanwhile_does_not_stop_the_job(tmp_path, settings, monkeypatch):
    folder = tmp_path / "documents"
    folder.mkdir()
    settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    left = folder / "left.pdf"
    for path in (left, tmp_path / "tmp1.upload.pdf"):
        path.touch()
        os.utime(path, (0, 0))
    # Listed, and gone once it is asked for.
    for path in (folder / "gone.pdf", tmp_path / "tmp2.upload.pdf"):
        path.symlink_to("missing")
    monkeypatch.setattr(Path, "is_file", lambda path: True)
    remove_orphaned_files()
    assert not left.exists()


def test_an_update_prepares_what_was_uploaded_before(region):
    exif = Image.Exif()
    exif[0x013B] = "Erika Geheim"
    content = io.BytesIO()
    Image.new("RGB", (60, 40)).save(content, "JPEG", exif=exif)
    image = CustomImage.objects.create(
        title="Alt", file=SimpleUploadedFile("alt.jpg", content.getvalue()),
        focal_point_x=30, focal_point_y=20, focal_point_width=10, focal_point_height=10,
    )  # fmt: skip
    document = CustomDocument.objects.create(
        title="Alt", file=SimpleUploadedFile("alt.pdf", pdf(Author="Erika Muster"))
    )
    Path(document.file.path).chmod(0o644)
    call_command("prepare_files", stdout=io.StringIO())
    image.refresh_from_db()
    document.refresh_from_db()
    assert b"Erika Geheim" not in Path(image.file.path).read_bytes()
    assert (image.prepared, image.focal_point_x) == (True, 30)
    assert document.people == "Erika Muster"
    assert Path(document.file.path).stat().st_mode & 0o777 == settings.FILE_UPLOAD_PERMISSIONS

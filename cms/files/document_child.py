"""Look into documents: whether they are what they say, and whom they name.

A program of its own, because a small archive can unpack to gigabytes; see :mod:`cms.files.process`.
It reads an order as JSON and answers with JSON.
"""

import codecs
import contextlib
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from defusedxml import ElementTree

#: What the parts of an archive may unpack to, in bytes; and how much smaller one may be packed.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 100
#: Below this size a part may be packed as tightly as it likes.
RATIO_FROM = 10 * 1024 * 1024
MOST_PARTS = 10_000
#: Parts with metadata are small; more is not read.
MOST_METADATA = 1024 * 1024

#: By the ending of an Office Open XML file, the folder of its text (ECMA-376).
OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
#: By the ending of an OpenDocument file, what its part ``mimetype`` says (ISO 26300).
OPEN_DOCUMENT_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
TEXTS = ("csv", "ics", "txt")
#: Programs, archives and pages begin so; none is a text that one downloads.
NO_TEXT = re.compile(rb"\s*(MZ|PK\x03\x04|%PDF-|\x7fELF|\xd0\xcf\x11\xe0|<[!a-zA-Z?])")
#: Container of the older Office formats, in which an encrypted new one is wrapped ([MS-OFFCRYPTO]).
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MACROS = re.compile(r"(^|/)vbaProject\.bin$|^(Basic/[^/]+/(?!script-lb)|Scripts/.+[^/]$)")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: Elements that name people or organisations, without their namespaces.
NAMING = ("creator", "lastModifiedBy", "initial-creator", "printed-by", "manager", "company")


class Refused(Exception):
    """The file is not taken: ``mismatch``, ``encrypted``, ``macros`` or ``bomb``."""


def inspect(order: dict[str, str]) -> dict[str, object]:
    """Whom a document names, or why it is not taken.

    Args:
        order: ``source`` (path) and ``ending`` (of its name, lower case, without the dot).
    """
    try:
        people = list(_people(Path(order["source"]), order["ending"]))
    except Refused as refused:
        return {"error": str(refused)}
    except (zipfile.BadZipFile, NotImplementedError, ElementTree.ParseError) as error:
        return {"error": "mismatch", "said": str(error)}
    return {"people": list(dict.fromkeys(name.strip() for name in people if name.strip()))}


def _people(path: Path, ending: str) -> Iterator[str]:
    if ending == "pdf":
        yield from _in_pdf(path)
    elif ending in TEXTS:
        _check_text(path.read_bytes(), ending)
    elif ending in OFFICE_FOLDERS or ending in OPEN_DOCUMENT_TYPES:
        yield from _in_archive(path, ending)


def _refuse(reason: str) -> NoReturn:
    raise Refused(reason)


def _in_pdf(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        # Readers accept something before it: ISO 32000-1, annex H.3, implementation note 13.
        if b"%PDF-" not in file.read(1024):
            _refuse("mismatch")
    import pypdf

    # It is a PDF to readers, which repair more than this library; then nobody is named.
    with contextlib.suppress(
        pypdf.errors.PyPdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        TypeError,
        ValueError,
        RecursionError,
    ):
        reader = pypdf.PdfReader(path)
        # An owner's password alone keeps nobody from reading.
        if reader.is_encrypted and not reader.decrypt(""):
            _refuse("encrypted")
        if _runs_scripts(reader):
            _refuse("macros")
        if reader.metadata and reader.metadata.author:
            yield str(reader.metadata.author)
        if reader.xmp_metadata:
            yield from map(str, reader.xmp_metadata.dc_creator or ())


def _runs_scripts(reader: Any) -> bool:
    root = reader.trailer["/Root"].get_object()
    names = root.get("/Names")
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    opening = action.get("/S") if isinstance(action, dict) else None
    return opening == "/JavaScript" or (names is not None and "/JavaScript" in names.get_object())


def _check_text(content: bytes, ending: str) -> None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", errors="replace").encode()
    content = content.removeprefix(codecs.BOM_UTF8)
    if NO_TEXT.match(content) or _CONTROLS.search(content):
        _refuse("mismatch")
    if ending == "ics" and not content.lstrip().upper().startswith(b"BEGIN:VCALENDAR"):
        _refuse("mismatch")


def _in_archive(path: Path, ending: str) -> Iterator[str]:
    with path.open("rb") as file:
        if file.read(8) == COMPOUND_FILE:
            _refuse("encrypted" if ENCRYPTED_PACKAGE in file.read() else "mismatch")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _check_size(parts)
        names = [part.filename for part in parts]
        if any(part.flag_bits & 1 for part in parts):
            _refuse("encrypted")
        if any(_MACROS.search(name) for name in names):
            _refuse("macros")
        if ending in OFFICE_FOLDERS:
            _check_office(archive, names, ending)
            described = ["docProps/core.xml", "docProps/app.xml"]
        else:
            _check_open_document(archive, names, ending)
            described = ["meta.xml"]
        for name in described:
            if name in names:
                yield from _named(_part(archive, name))


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        _refuse("bomb")
    for part in parts:
        packed = max(part.compress_size, 1)
        if part.file_size > RATIO_FROM and part.file_size / packed > MOST_RATIO:
            _refuse("bomb")


def _check_office(archive: zipfile.ZipFile, names: list[str], ending: str) -> None:
    types = "[Content_Types].xml"
    if types not in names or not any(name.startswith(OFFICE_FOLDERS[ending]) for name in names):
        _refuse("mismatch")
    if b"macroEnabled" in _part(archive, types):
        _refuse("macros")


def _check_open_document(archive: zipfile.ZipFile, names: list[str], ending: str) -> None:
    if "mimetype" not in names or _part(archive, "mimetype").strip() != OPEN_DOCUMENT_TYPES[ending]:
        _refuse("mismatch")
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in _part(archive, manifest):
        _refuse("encrypted")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    # The directory of an archive can lie about sizes: so much is read and no more.
    with archive.open(name) as part:
        return part.read(MOST_METADATA)


def _named(content: bytes) -> Iterator[str]:
    for _event, element in ElementTree.iterparse(io.BytesIO(content)):
        name = str(element.tag).rpartition("}")[2]
        if name[:1].lower() + name[1:] in NAMING and element.text:
            yield element.text


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from child import main  # type: ignore[import-not-found]  # beside this file

    main({"inspect": inspect})

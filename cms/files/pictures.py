"""Pictures: what their header says, what is accepted, and how they are prepared and rendered."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from django.core.files import File
from PIL import Image

from cms.files import picture_child, process
from cms.files.child import FULL

#: A picture is stored with about so many pixels: twice what the largest screen shows of it.
MOST_STORED_PIXELS = 12_000_000
#: Accepted are so many; JPEG is decoded reduced, so that it may have more.
MOST_PIXELS = {"JPEG": 200_000_000}
MOST_PIXELS_OTHERWISE = 50_000_000
#: Rendered in the calling process: decoded, it takes no more than four megabytes.
SMALL_PIXELS = 1_000_000
#: How names of temporary files end, those of Django's uploads among them.
TEMPORARY = ".upload"
#: How the name of a file of this format may end; the first is what we give it.
ENDINGS = {
    "JPEG": ("jpg", "jpeg", "jfif", "jpe"),
    "PNG": ("png",),
    "GIF": ("gif",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
    "HEIF": ("heic", "heif"),
}


@dataclass(frozen=True)
class Header:
    """What a picture says of itself before anything is decoded.

    Args:
        format: a key of :data:`ENDINGS`.
        width: in pixels, once it is turned upright.
        height: likewise.
    """

    format: str
    width: int
    height: int

    @property
    def most_pixels(self) -> int:
        """How many pixels a picture of this format may have."""
        return MOST_PIXELS.get(self.format, MOST_PIXELS_OTHERWISE)

    @property
    def too_large(self) -> bool:
        """Whether it has more pixels than are accepted."""
        return self.width * self.height > self.most_pixels


@dataclass(frozen=True)
class Recipe:
    """One rendition.

    Args:
        crop: left, top, right and bottom in pixels of the upright original.
        size: width and height of the result in pixels.
        format: ``jpeg``, ``png``, ``webp`` or ``avif``.
        quality: of the encoder, 1 to 100.
        lossless: keep every pixel, in formats that can.
        background: red, green, blue below what is see-through; white where a format needs one.
    """

    crop: tuple[float, float, float, float]
    size: tuple[int, int]
    format: str
    quality: int
    lossless: bool = False
    background: tuple[int, int, int] | None = None


def read_header(file: IO[bytes]) -> Header:
    """Read the header of a picture; the file is at its beginning afterwards.

    Raises:
        FileProblem: if it is no picture of a format that is accepted.
    """
    file.seek(0)
    try:
        # Not a with statement: Pillow would close a file that others still read.
        image = Image.open(file, formats=picture_child.FORMATS)
        width, height = image.size
        if picture_child.orientation_of(image) >= 5:
            width, height = height, width
        kind = "JPEG" if image.format == "MPO" else str(image.format)
    except Exception as error:  # whatever a parser stumbles over
        raise process.FileProblem("unreadable", str(error)) from error
    finally:
        with contextlib.suppress(ValueError):
            file.seek(0)
    return Header(kind, width, height)


def prepare(source: str, target: str) -> Header:
    """Write a picture as it is stored, see :func:`cms.files.picture_child.prepare`.

    Raises:
        FileProblem: if it cannot be read within the limits, or the disk is full.
    """
    order = {"source": source, "target": target, "most_pixels": MOST_STORED_PIXELS}
    answer = process.run("picture_child.py", "prepare", order)
    return Header(answer["format"], answer["width"], answer["height"])


def render(file: IO[bytes], recipes: Iterable[Recipe]) -> list[IO[bytes]]:
    """Make renditions of a picture, in the order of ``recipes``.

    Args:
        file: the picture; prepared or not.

    Returns:
        Temporary files, at their beginning; they are gone when they are closed.

    Raises:
        FileProblem: if it cannot be read within the limits, or the disk is full.
    """
    header = read_header(file)
    made: list[IO[bytes]] = []
    with contextlib.ExitStack() as stack:
        orders: list[dict[str, object]] = []
        for recipe in recipes:
            target = tempfile.NamedTemporaryFile(suffix=TEMPORARY)  # noqa: SIM115 - closed later
            stack.callback(target.close)
            made.append(target)
            orders.append({**asdict(recipe), "target": target.name})
        order: dict[str, object] = {
            "source": stack.enter_context(as_path(file)),
            "most_pixels": MOST_STORED_PIXELS,
            "size": (header.width, header.height),
            "renditions": orders,
        }
        if header.width * header.height <= SMALL_PIXELS:
            _render_here(order)
        else:
            process.run("picture_child.py", "render", order)
        stack.pop_all()
    return made


def _render_here(order: dict[str, object]) -> None:
    try:
        picture_child.render(order)
    except Exception as error:  # whatever a decoder stumbles over
        full = isinstance(error, OSError) and error.errno in FULL
        raise process.FileProblem("full" if full else "unreadable", str(error)) from error


@contextlib.contextmanager
def as_path(file: IO[bytes] | File[bytes]) -> Iterator[str]:
    """The path of ``file``, or of a temporary copy where its storage knows none."""
    if path := _path_of(file):
        yield path
        return
    with tempfile.NamedTemporaryFile(suffix=TEMPORARY) as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield copy.name


def _path_of(file: object) -> str | None:
    for attribute in ("temporary_file_path", "path", "name"):
        with contextlib.suppress(AttributeError, NotImplementedError, ValueError):
            value = getattr(file, attribute)
            path = Path(str(value() if callable(value) else value))
            if path.is_absolute() and path.is_file():
                return str(path)
    return None

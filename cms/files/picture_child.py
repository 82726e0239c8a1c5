"""Decode, reduce and encode pictures: a program of its own that needs Pillow and nothing else.

:mod:`cms.files.process` starts it with limits of memory and time, because a small file can make a
decoder ask for gigabytes. It reads an order as JSON and answers with JSON. Small pictures are
rendered by the same functions in the calling process (:mod:`cms.files.pictures`).

Memory, in the worst case: the decoded picture and once more its result. So pixels are converted
in bands, JPEG is decoded at a half, a quarter or an eighth (draft mode), and alpha is premultiplied
by us: Pillow's ``resize`` would copy everything first.
"""

import contextlib
import io
import math
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PIL import (
    AvifImagePlugin,  # noqa: F401 - Pillow looks for a format among what is imported
    GifImagePlugin,  # noqa: F401
    Image,
    ImageCms,
    MpoImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

#: What a program is told to do, as JSON; its function says what stands in it.
Order = Mapping[str, Any]
#: What is read. Pillow opens as JPEG, and then calls MPO, what many phones write.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF")
#: Rows that are converted at once.
BAND = 256
#: Quality of the stored original; what visitors load is made of it with the site's own settings.
ORIGINAL_QUALITY = 90
#: Tag 0x0112 of EXIF, by its value.
TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: Largest value of a 16 bit sample over that of an 8 bit one.
SIXTEEN_TO_EIGHT = 1 / 257

# The limits stand in cms.files.pictures and are checked on the header; here memory is limited.
Image.MAX_IMAGE_PIXELS = None


def open_picture(path: str) -> Image.Image:
    """Read the header of a picture.

    Raises:
        OSError: if it is none of :data:`FORMATS`.
    """
    with Path(path).open("rb") as file:
        if file.read(12)[4:8] == b"ftyp":
            from pillow_heif import HeifImagePlugin  # noqa: F401 - registers itself
    return Image.open(path, formats=FORMATS)


def orientation_of(image: Image.Image) -> int:
    """How the picture has to be turned (EXIF); 1 where nothing or nonsense is said."""
    try:
        return int(image.getexif().get(0x0112, 1))
    except Exception:  # whatever a damaged block of metadata leads to
        return 1


def decode(image: Image.Image, most_pixels: int) -> tuple[Image.Image, bytes | None]:
    """The pixels, turned upright, as RGB or RGBA with eight bits, and the profile they are in.

    Of what moves, the first frame.

    Args:
        image: just opened.
        most_pixels: the picture is reduced to about as many.
    """
    upright = TRANSPOSITIONS.get(orientation_of(image))
    if image.format in ("JPEG", "MPO"):
        scale = math.sqrt(image.width * image.height / most_pixels)
        if scale > 1:
            image.draft(None, (round(image.width / scale), round(image.height / scale)))
    image.load()
    convert, mode, profile = _conversion(image)
    result = _converted(image, convert, mode, most_pixels)
    scale = math.sqrt(result.width * result.height / most_pixels)
    if scale > 1:
        size = (max(1, round(result.width / scale)), max(1, round(result.height / scale)))
        result = result.resize(size, Image.Resampling.LANCZOS)
    if upright is not None:
        result = result.transpose(upright)
    if result.mode == "RGBa":
        result = result.convert("RGBA")
    result.info = {}
    return result, profile


Convert = Callable[[Image.Image], Image.Image]


def _converted(image: Image.Image, convert: Convert, mode: str, most_pixels: int) -> Image.Image:
    width, height = image.size
    factor = max(1, math.floor(math.sqrt(width * height / most_pixels)))
    result = Image.new(mode, (math.ceil(width / factor), math.ceil(height / factor)))
    step = BAND * factor
    for top in range(0, height, step):
        band = convert(image.crop((0, top, width, min(top + step, height))))
        if factor > 1:
            band = band.reduce(factor)
        result.paste(band, (0, top // factor))
    image.close()
    # Frees the pixels: what is reduced next needs the room.
    image.im = None  # type: ignore[assignment]
    return result


def _conversion(image: Image.Image) -> tuple[Convert, str, bytes | None]:
    """How a band becomes RGB or premultiplied RGBA, and the profile the result is in."""
    alpha = image.has_transparency_data and not image.mode.startswith("I")
    mode = "RGBa" if alpha else "RGB"
    data = image.info.get("icc_profile")
    space, profile = _read_profile(data)
    if space == "RGB" and image.mode in ("RGB", "RGBA", "RGBX", "P", "PA"):
        return (lambda band: _plain(band, alpha)), mode, data
    if profile and not alpha and (space, image.mode) in (("CMYK", "CMYK"), ("GRAY", "L")):
        with contextlib.suppress(ImageCms.PyCMSError, ValueError, OSError):
            return _transform(profile, image.mode), mode, None
    return (lambda band: _plain(band, alpha)), mode, None


def _read_profile(data: bytes | None) -> tuple[str, ImageCms.ImageCmsProfile | None]:
    """The colour space of a profile; nothing if it is missing or damaged."""
    if not data:
        return "", None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        # Only what can be converted from is a profile a browser can use.
        if profile.profile.xcolor_space == "RGB ":
            ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "RGB", "RGB")
        return profile.profile.xcolor_space.strip(), profile
    except Exception:  # Pillow raises OSError, PyCMSError, and what the library says
        return "", None


def _transform(profile: ImageCms.ImageCmsProfile, mode: str) -> Convert:
    built = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")

    def convert(band: Image.Image) -> Image.Image:
        converted = ImageCms.applyTransform(band, built)
        return converted if converted is not None else band.convert("RGB")

    return convert


def _plain(band: Image.Image, alpha: bool) -> Image.Image:
    if band.mode.startswith("I"):
        wide = band if band.mode == "I" else band.convert("I")
        band = wide.point(lambda value: value * SIXTEEN_TO_EIGHT).convert("L")
    elif band.mode == "F":
        band = band.convert("L")
    return band.convert("RGBA").convert("RGBa") if alpha else band.convert("RGB")


def prepare(order: Order) -> dict[str, object]:
    """Write the picture as it is stored: upright, of a sane size, with no metadata but its profile.

    A drawing or what is see-through becomes PNG, everything else JPEG.

    Args:
        order: ``source`` and ``target`` (paths), ``most_pixels``.

    Returns:
        Format, width and height.
    """
    image = open_picture(order["source"])
    drawn = image.format in ("PNG", "GIF")
    result, profile = decode(image, order["most_pixels"])
    kind = "PNG" if drawn or result.mode == "RGBA" else "JPEG"
    encode(result, order["target"], {"format": kind.lower()}, profile)
    return {"format": kind, "width": result.width, "height": result.height}


def render(order: Order) -> dict[str, object]:
    """Write renditions of one picture.

    Args:
        order: ``source`` (path), ``most_pixels``, ``size`` (of the upright original, to which
            crops refer) and ``renditions``: each with ``crop`` (left, top, right, bottom),
            ``size``, ``format``, ``quality``, ``lossless``, ``background`` and ``target`` (path).
    """
    whole, profile = decode(open_picture(order["source"]), order["most_pixels"])
    x, y = whole.width / order["size"][0], whole.height / order["size"][1]
    scaled: dict[tuple[object, ...], Image.Image] = {}
    for wanted in order["renditions"]:
        left, top, right, bottom = wanted["crop"]
        box = (left * x, top * y, min(right * x, whole.width), min(bottom * y, whole.height))
        size = (max(1, wanted["size"][0]), max(1, wanted["size"][1]))
        if (box, size) not in scaled:
            scaled[box, size] = whole.resize(size, Image.Resampling.LANCZOS, box=box)
        encode(scaled[box, size], wanted["target"], wanted, profile)
    return {"renditions": len(order["renditions"])}


def encode(image: Image.Image, target: str, wanted: Order, profile: bytes | None = None) -> None:
    """Write ``image`` without any metadata but its colour profile.

    Args:
        image: RGB or RGBA.
        target: a path.
        wanted: ``format``, and where they matter ``quality``, ``lossless``, ``background``.
        profile: of the colours (ICC).
    """
    kind = wanted["format"]
    background = wanted.get("background")
    if image.mode == "RGBA" and (kind == "jpeg" or background):
        under = Image.new("RGB", image.size, tuple(background or (255, 255, 255)))
        under.paste(image, mask=image.getchannel("A"))
        image = under
    quality = wanted.get("quality", ORIGINAL_QUALITY)
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    if kind == "jpeg":
        options |= {"quality": quality, "progressive": True, "optimize": True}
    elif kind == "webp":
        options |= {"quality": quality, "lossless": bool(wanted.get("lossless"))}
    elif kind == "avif":
        lossless = {"quality": 100, "subsampling": "4:4:4"}
        options |= lossless if wanted.get("lossless") else {"quality": quality}
        options["max_threads"] = 1  # the stack of a thread counts as memory
    with Path(target).open("wb") as file:
        image.save(file, kind.upper(), **options)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from child import main  # type: ignore[import-not-found]  # beside this file

    main({"prepare": prepare, "render": render})

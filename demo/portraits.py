"""The portraits of the demo: nobody's, drawn while it is built, without faces like all drawings."""

import io
from typing import Final

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.images.rect import Rect
from wagtail.models import Collection

from cms.models import CustomImage
from demo.content import Record

#: In pixels. Upright like photos, so that the focal point decides what pages show.
SIZE: Final = (240, 320)
#: Drawn so much larger, since Pillow draws hard edges.
_FINER: Final = 3
#: The head, as an editor would mark it.
HEAD: Final = Rect(68, 40, 172, 176)

_SKIN: Final = {"light": "#f0c6a2", "tan": "#d29d73"}
_HAIR: Final = {"dark": "#3a1a28", "brown": "#7a4a2c", "blond": "#d9a441", "grey": "#b9b0aa"}
_CLOTHES: Final = {"brick": "#bb4a31", "honey": "#e5a533", "plum": "#651c44"}
#: What somebody stands before, by what they wear.
_WALLS: Final = {"brick": "#f8e2b0", "honey": "#f5e1e4", "plum": "#fae2d6"}
_COLLAR: Final = "#fff8ee"
_CURLS: Final = ((58, 67), (53, 96), (67, 42), (118, 42), (133, 67), (138, 96))

Box = tuple[int, int, int, int]


def build_portrait(record: Record, title: str, collection: Collection | None) -> CustomImage:
    """A portrait as an editor leaves it: with credit, licence, and the focal point on the head.

    Args:
        record: ``hair`` (how it is worn, and its colour), ``skin``, ``clothes``, and ``beard``.
        title: of the picture.
        collection: that of the house.
    """
    image = CustomImage(
        title=title,
        credit="Zeichnung: Demonstration",
        licence="CC0",
        file=ImageFile(io.BytesIO(_drawing(record)), "portrait.png"),
    )
    image.set_focal_point(HEAD)
    if collection:
        image.collection = collection
    image.save()
    return image


class _Sheet:
    """Draws in pixels of the finished picture."""

    def __init__(self, ground: str) -> None:
        self._picture = Image.new("RGB", [side * _FINER for side in SIZE], ground)
        self._draw = ImageDraw.Draw(self._picture)

    def ellipse(self, box: Box, colour: str) -> None:
        self._draw.ellipse([edge * _FINER for edge in box], colour)

    def half_ellipse(self, box: Box, colour: str) -> None:
        """Only the upper half, cut off straight."""
        self._draw.pieslice([edge * _FINER for edge in box], 180, 360, colour)

    def block(self, box: Box, colour: str, radius: int) -> None:
        self._draw.rounded_rectangle([edge * _FINER for edge in box], radius * _FINER, colour)

    def triangle(self, corners: list[tuple[int, int]], colour: str) -> None:
        self._draw.polygon([(x * _FINER, y * _FINER) for x, y in corners], colour)

    def as_png(self) -> bytes:
        content = io.BytesIO()
        self._picture.reduce(_FINER).save(content, "PNG")
        return content.getvalue()


def _drawing(record: Record) -> bytes:
    cut, colour = record["hair"]
    hair, skin, clothes = _HAIR[colour], _SKIN[record["skin"]], record["clothes"]
    sheet = _Sheet(_WALLS[clothes])
    _behind_the_head(sheet, cut, hair)
    sheet.block((24, 198, 216, 384), _CLOTHES[clothes], radius=64)
    sheet.triangle([(90, 198), (150, 198), (120, 240)], _COLLAR)
    sheet.block((101, 144, 139, 211), skin, radius=19)
    if record.get("beard"):
        sheet.ellipse((75, 77, 165, 174), hair)
        sheet.ellipse((73, 46, 167, 152), skin)
    else:
        sheet.ellipse((74, 46, 166, 171), skin)
    _on_the_head(sheet, hair)
    return sheet.as_png()


def _behind_the_head(sheet: _Sheet, cut: str, hair: str) -> None:
    if cut == "long":
        sheet.block((59, 40, 181, 232), hair, radius=56)
    elif cut == "chin":
        sheet.block((62, 40, 178, 166), hair, radius=51)
    elif cut == "bun":
        sheet.ellipse((95, 14, 145, 64), hair)
    elif cut == "curls":
        for x, y in _CURLS:
            sheet.ellipse((x, y, x + 51, y + 51), hair)
        sheet.ellipse((86, 26, 154, 93), hair)


def _on_the_head(sheet: _Sheet, hair: str) -> None:
    """Down to the forehead and the temples."""
    sheet.half_ellipse((69, 39, 171, 134), hair)
    sheet.triangle([(69, 86), (96, 86), (69, 109)], hair)
    sheet.triangle([(171, 86), (144, 86), (171, 109)], hair)

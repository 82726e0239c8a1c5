"""The photo of the demo, drawn while it is built: nobody else's, and no file in the repository."""

import io
import random

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw, ImageFilter
from wagtail.models import Collection

from cms.models import CustomImage
from demo.content import Record

#: In pixels; as wide as the widest copy that pages show.
SIZE = (1200, 750)
_DUSK, _NIGHT = (244, 190, 140), (92, 66, 110)
_WALLS = ((60, 38, 58), (84, 48, 60), (72, 52, 84), (104, 60, 58))
_LIGHT = (255, 214, 140)


def build_picture(record: Record, collection: Collection | None) -> CustomImage:
    """An uploaded picture as an editor leaves it, with credit and licence.

    Args:
        record: ``title``, ``credit`` and ``licence``.
        collection: that of the house.
    """
    image = CustomImage(
        title=record["title"],
        credit=record["credit"],
        licence=record["licence"],
        file=ImageFile(io.BytesIO(_houses_at_dusk(record["title"])), "haeuser-am-abend.jpg"),
    )
    if collection:
        image.collection = collection
    image.save()
    return image


def _houses_at_dusk(title: str) -> bytes:
    """A street of gabled houses against the evening sky, out of focus as from a passing train.

    Each title has a street of its own, the same each time.
    """
    width, height = SIZE
    chance = random.Random(title)  # noqa: S311 - a drawing, and the same each time
    sky = Image.linear_gradient("L").resize(SIZE)
    picture = Image.composite(Image.new("RGB", SIZE, _DUSK), Image.new("RGB", SIZE, _NIGHT), sky)
    draw = ImageDraw.Draw(picture)
    left = -40
    while left < width:
        broad, top = chance.randint(110, 190), chance.randint(260, 400)
        wall = chance.choice(_WALLS)
        gable = (left + broad // 2, top - broad // 2)
        draw.polygon([(left, top), gable, (left + broad, top)], wall)
        draw.rectangle((left, top, left + broad, height), wall)
        for row in range(top + 30, height - 160, 80):
            for column in range(left + 22, left + broad - 40, 52):
                if chance.random() < 0.6:
                    draw.rectangle((column, row, column + 24, row + 40), _LIGHT)
        left += broad
    draw.rectangle((0, height - 110, width, height), (46, 34, 48))
    content = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(2.5)).save(content, "JPEG", quality=80)
    return content.getvalue()

"""What Wagtail's filter specifications mean, worked out without the picture.

Wagtail's own filter decodes, scales and encodes in the process that asks.
"""

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS, AbstractImage, Filter

from cms.files.pictures import Header, Recipe

#: Formats of originals that renditions do not have; what is added by the settings comes on top.
CONVERSIONS = {"gif": "png", "bmp": "png", "heif": "jpeg", "heic": "jpeg"}
#: Length of the name of a rendition, as Wagtail cuts it.
LONGEST_NAME = 60


class _Background:
    """Stands for the picture in Wagtail's filter operations and notes the colour they ask for."""

    colour: tuple[int, int, int] | None = None

    def set_background_color_rgb(self, colour: tuple[int, int, int]) -> "_Background":
        """Note the colour below what is see-through."""
        self.colour = colour
        return self


def recipe_for(filter: Filter, image: AbstractImage, header: Header) -> Recipe:
    """What ``filter`` makes of ``image``.

    Args:
        header: of its file: crops refer to the upright picture.
    """
    transform = filter.get_transform(image, (header.width, header.height))
    crop = transform.get_rect().round()
    env: dict[str, Any] = {}
    background = _Background()
    for operation in filter.filter_operations:
        operation.run(background, image, env)
    original = header.format.lower()
    conversions = CONVERSIONS | getattr(settings, "WAGTAILIMAGES_FORMAT_CONVERSIONS", {})
    kind = env.get("output-format") or conversions.get(original, original)
    return Recipe(
        crop=(crop.left, crop.top, crop.right, crop.bottom),
        size=(int(transform.size[0]), int(transform.size[1])),
        format=kind,
        quality=int(env.get(f"{kind}-quality") or _default_quality(kind)),
        lossless="lossless" in env.get("output-format-options", ()),
        background=background.colour,
    )


def _default_quality(kind: str) -> int:
    # What Wagtail takes where the settings say nothing.
    defaults = {"jpeg": 76, "webp": 80, "avif": 61}
    return int(getattr(settings, f"WAGTAILIMAGES_{kind.upper()}_QUALITY", defaults.get(kind, 80)))


def file_name(filter: Filter, image: AbstractImage, kind: str) -> str:
    """The name of the file of a rendition, as Wagtail builds it."""
    ending = filter.spec.replace("|", ".") + IMAGE_FORMAT_EXTENSIONS[kind]
    if key := filter.get_cache_key(image):
        ending = f"{key}.{ending}"
    stem = PurePosixPath(str(image.file.name)).stem
    return f"{stem[: LONGEST_NAME - 1 - len(ending)]}.{ending}"

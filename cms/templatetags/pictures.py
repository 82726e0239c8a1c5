"""Pictures on public pages: what has been rendered is shown, nothing is rendered for a visitor."""

from typing import cast

from django import template
from django.template.base import Parser, Token
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Picture
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.images.templatetags.wagtailimages_tags import PictureNode
from wagtail.images.templatetags.wagtailimages_tags import image as parse_image

from cms.assets.illustrations import distinct
from cms.models.media import PUBLIC_SPECS, Rendition

register = template.Library()
_FILTERS = [Filter(spec=spec) for spec in PUBLIC_SPECS]
#: Every browser shows it; without it the picture is not shown.
_FALLBACK = "format-jpeg|"


def existing_renditions(image: AbstractImage) -> dict[str, AbstractRendition]:
    """What has been rendered of a picture for public pages, by specification; read once."""
    known: dict[str, AbstractRendition] | None = vars(image).get("_public_renditions")
    if known is None:
        found = image.find_existing_renditions(*_FILTERS)
        fresh = {
            rendition.get_cache_key(): rendition
            for rendition in found.values()
            if not getattr(rendition, "_from_cache", False)
        }
        Rendition.cache_backend.set_many(fresh)
        known = {filter.spec: found[filter] for filter in _FILTERS if filter in found}
        vars(image)["_public_renditions"] = known
    return known


@register.filter
def is_rendered(image: AbstractImage | None) -> bool:
    """Whether there is something of ``image`` to show to every browser."""
    return bool(image) and any(
        spec.startswith(_FALLBACK) for spec in existing_renditions(cast(AbstractImage, image))
    )


#: Width by height in which the picture at the top of a page is shown (``page_head.css``).
CROP = 8 / 5
#: Width by height of a portrait (``people.css``).
PORTRAIT = 1.0
#: Where the middle of a face is likely to be in a portrait, from its top: in the upper third, and
#: high in it, since who is seen from head to foot has a small head far above.
HEAD = 0.2
#: The steps in which a style sheet can move a crop: a quarter of what is cut off.
STEPS = 4


@register.filter
def crop_class(image: AbstractImage, others: str = "") -> str:
    """``others`` and the class that keeps what matters of ``image`` in its crop, if one does.

    Not a style attribute: the Content-Security-Policy of public pages allows none.
    """
    return _with_crop(others, *_crop(image, CROP))


@register.filter
def portrait_class(image: AbstractImage, others: str = "") -> str:
    """The same for a square crop."""
    return _with_crop(others, *_crop(image, PORTRAIT))


def _with_crop(others: str, axis: str, step: int) -> str:
    return f"{others} crop-{axis}-{step}".strip() if axis else others


def _crop(image: AbstractImage, wanted_ratio: float) -> tuple[str, int]:
    """Along which axis a crop is moved, and how many steps; no axis where its middle is right.

    The focal point comes to its middle. Without one, the head of a portrait does.

    Args:
        image: what is cropped.
        wanted_ratio: width by height of what is shown.
    """
    if not image.width or not image.height:
        return "", 0
    ratio, point = image.width / image.height, image.get_focal_point()
    if ratio < wanted_ratio:
        axis, visible = "y", ratio / wanted_ratio
        middle = HEAD if ratio < 1 else 0.5
        wanted = point.centroid.y / image.height if point else middle
    else:
        axis, visible = "x", wanted_ratio / ratio
        wanted = point.centroid.x / image.width if point else 0.5
    if visible == 1:
        return "", 0
    moved = (wanted - visible / 2) / (1 - visible)
    step = round(min(max(moved, 0), 1) * STEPS)
    return ("", 0) if step * 2 == STEPS else (axis, step)


@register.simple_tag(takes_context=True)
def distinct_drawing(context: template.Context, wanted: str, seed: str = "") -> str:
    """The key of a drawing that the page does not show yet: no picture stands on a page twice.

    Args:
        context: of the template; what is shown is kept on its request.
        wanted: key of a drawing.
        seed: see :func:`cms.assets.illustrations.distinct`.
    """
    request = context.get("request")
    if request is None:  # the style guide shows what it is told
        return wanted
    shown: set[str] = vars(request).setdefault("_shown_drawings", set())
    key = distinct(wanted, shown, str(seed))
    shown.add(key)
    return key


class RenderedPictureNode(PictureNode):
    """Wagtail's ``{% picture %}`` of what exists; in a preview it is made, within limits."""

    def render(self, context: template.Context) -> SafeString:
        """The element, or nothing."""
        image = self.validate_image(context)
        if not image:
            return mark_safe("")
        shown: dict[str, AbstractRendition]
        if getattr(context.get("request"), "is_preview", False):
            shown = get_renditions_or_not_found(image, self.get_filters())
        elif is_rendered(image):
            shown = existing_renditions(image)
        else:
            return mark_safe("")
        attributes = {name: value.resolve(context) for name, value in self.attrs.items()}
        return mark_safe(Picture(shown, attributes).__html__())  # noqa: S308 - Wagtail's own markup


@register.tag("picture")
def picture(parser: Parser, token: Token) -> RenderedPictureNode:
    """The grammar is that of Wagtail's tag of this name."""
    node = parse_image(parser, token)
    return RenderedPictureNode(node.image_expr, node.filter_specs, attrs=node.attrs)

"""Blocks with pictures. Alternative text belongs to the use of a picture."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class FigureBlock(blocks.StructBlock):
    """A picture with a caption; its credit comes from the image."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/image.html"


class LeadImageBlock(blocks.StreamBlock):
    """The one picture at the top of a page."""

    image = FigureBlock()

    class Meta:
        max_num = 1
        required = False

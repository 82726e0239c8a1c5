"""Blocks with pictures. Alternative text belongs to the use of a picture."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PictureBlock(ImageBlock):
    """Wagtail's picture with its description, named in the editors' language."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        # Wagtail takes "Image" from the name in the code, and calls the other "alt text".
        self.child_blocks["image"].label = _("Picture file")
        self.child_blocks["alt_text"].label = _("Description")


class FigureBlock(blocks.StructBlock):
    """A picture with a caption; its credit comes from the image."""

    image = PictureBlock(
        # The block around it says that it is a picture.
        label=_("What it shows"),
        help_text=_(
            "Describe in one sentence what can be seen, for people who do not see it: “Two women "
            "repair a bicycle”. Tick “decorative” if it tells nothing."
        ),
    )
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

"""Blocks with pictures. Alternative text belongs to the use of a picture."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.images.widgets import AdminImageChooser, ImageChooserAdapter


class Picture(Protocol):
    """A picture as models define it: ``cms.models.CustomImage``, which blocks do not know."""

    @property
    def provenance(self) -> str:
        """Credit and licence in a few words."""

    @property
    def may_be_shown(self) -> bool:
        """Whether both are known."""


class PictureChooser(AdminImageChooser):
    """Wagtail's chooser; beside the title of a picture stands whose it is, or that nobody knows."""

    def get_display_title(self, instance: Picture) -> str:
        """The title, the credit and the permission."""
        return f"{instance} – {instance.provenance}"


register(ImageChooserAdapter(), PictureChooser)


class PictureChooserBlock(ImageChooserBlock):
    """Chooses a picture of which one sees whose it is."""

    @cached_property
    def widget(self) -> PictureChooser:
        """The chooser of this block."""
        return PictureChooser()


def _refuse_unknown_origin(block: blocks.Block, picture: Picture) -> None:
    """Refuse to submit a picture of which credit or permission is not known.

    Raises:
        ValidationError: one of them is missing, and this is no draft.
    """
    if picture and not block.is_deferred_validation and not picture.may_be_shown:
        raise ValidationError(
            _(
                "It is not known yet who made this picture, or what allows us to show it. Enter "
                "credit and licence at the picture (“Edit this image”), then submit again."
            )
        )


class NamedPictureBlock(PictureChooserBlock):
    """A portrait or a logo: the name beside it says what it shows."""

    def clean(self, value: Picture) -> Picture:
        """Refuse to submit a picture of which credit or permission is not known."""
        picture = super().clean(value)
        _refuse_unknown_origin(self, picture)
        return picture


class PictureBlock(ImageBlock):
    """Wagtail's picture with its description, named in the editors' language.

    Before it is submitted, it must be known who made the picture and what allows us to show it.
    """

    def __init__(self, required: bool = True, **kwargs: object) -> None:
        super().__init__(required=required, **kwargs)
        chooser = PictureChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser
        # Wagtail takes "Image" from the name in the code, and calls the other "alt text".
        self.child_blocks["image"].label = _("Picture file")
        self.child_blocks["alt_text"].label = _("Description")

    def clean(self, value: Picture) -> Picture:
        """Refuse to submit a picture of which credit or permission is not known.

        Raises:
            StructBlockValidationError: with all that it lacks, so that nobody submits it twice.
        """
        errors: dict[str, ValidationError] = {}
        picture = value
        try:
            picture = super().clean(value)
        except blocks.StructBlockValidationError as error:
            errors |= error.block_errors
        try:
            _refuse_unknown_origin(self, picture)
        except ValidationError as error:
            errors.setdefault("image", error)
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return picture


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


#: Said above the picture of a page, which a new page offers.
NO_PICTURE = _("No picture? Leave this empty.")


class LeadImageBlock(blocks.StreamBlock):
    """The one picture at the top of a page; left empty, there is none."""

    # The field around it says that it is a picture.
    image = FigureBlock(label=_("At the top of the page"))

    class Meta:
        max_num = 1
        required = False

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], prefix: str
    ) -> blocks.StreamValue:
        """Leave out what nobody filled in: a new page offers its picture at once."""
        value = super().value_from_datadict(data, files, prefix)
        # A description without its picture was typed: it is asked for the picture.
        rows = [f"{prefix}-{number}" for number in range(int(data[f"{prefix}-count"]))]
        if any(data.get(f"{r}-value-image-alt_text") and not data[f"{r}-deleted"] for r in rows):
            return value
        filled = [(child.block_type, child.value, child.id) for child in value if _is_filled(child)]
        return blocks.StreamValue(self, filled)


def _is_filled(child: blocks.StreamValue.StreamChild) -> bool:
    return bool(child.value["image"] or child.value["caption"])

"""Blocks that list things: steps, links, downloads."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class StepBlock(blocks.StructBlock):
    """One step of a course of action."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"))


class StepsBlock(blocks.StructBlock):
    """Instructions in an order: an ordered list of steps."""

    steps = blocks.ListBlock(StepBlock(), label=_("One after the other"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"


class LinkBlock(blocks.StructBlock):
    """A link to a page of ours or of somebody else's, or a mere mention."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        help_text=_("Where the link leads, for example “Programme of the open day”."),
    )
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    url = blocks.URLBlock(label=_("Address elsewhere"), required=False)
    note = blocks.CharBlock(label=_("Note"), max_length=250, required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a page and an external address at once."""
        cleaned = super().clean(value)
        if cleaned.get("page") and cleaned.get("url"):
            message = _("Choose either a page of this site or an address elsewhere.")
            raise blocks.StructBlockValidationError({"url": ValidationError(message)})
        return cleaned


class LinksBlock(blocks.StructBlock):
    """A list of links."""

    links = blocks.ListBlock(LinkBlock(), label=_("Where they lead"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Links")
        template = "blocks/links.html"


class DownloadBlock(blocks.StructBlock):
    """A file to download."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        help_text=_("What the file is, for example “Checklist for the first meeting”."),
    )
    document = DocumentChooserBlock(label=_("Document"))

    class Meta:
        icon = "download"
        label = _("Download")
        template = "blocks/download.html"

"""Blocks of running text: heading, paragraph, quotation, note box."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    """A heading inside a page; the page's title is its only first-level heading."""

    text = blocks.CharBlock(label=_("Text"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Section")), ("3", _("Subsection"))],
        default="2",
        search_index=False,
        help_text=_("Subsections stand below a section. Begin a page with a section."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        form_classname = "struct-block heading-block"


class QuoteBlock(blocks.StructBlock):
    """A quotation with the person it comes from."""

    text = blocks.TextBlock(label=_("What was said"), help_text=_("Without quotation marks."))
    who = blocks.CharBlock(label=_("Who says it"), max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """A note box that stands out from the running text."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Note box")
        template = "blocks/callout.html"


class ParagraphBlock(blocks.RichTextBlock):
    """Running text; blanks alone are none."""

    def clean(self, value: RichText) -> RichText:
        """Refuse to submit a text that visitors would not see."""
        cleaned: RichText = super().clean(value)
        if not self.is_deferred_validation and not strip_tags(cleaned.source).strip():
            raise ValidationError(self.field.error_messages["required"], code="required")
        return cleaned


def paragraph_block() -> ParagraphBlock:
    """A paragraph with the formatting editors need and no more."""
    return ParagraphBlock(
        label=_("Text"), icon="pilcrow", features=TEXT_FEATURES, template="blocks/paragraph.html"
    )

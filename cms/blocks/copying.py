"""A text that others take over into a website or a newsletter of theirs."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

#: Stands for the address of this site, which nobody writes into a text: it differs by installation.
ADDRESS = "[Adresse]"


class CopyTextBlock(blocks.StructBlock):
    """Words or HTML to be copied; with a script by a button, without one by marking them."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=80,
        help_text=_("What it is, for example “Text for your newsletter”."),
    )
    text = blocks.TextBlock(
        label=pgettext_lazy("block", "To be copied"),
        search_index=False,
        help_text=_("“[Adresse]” becomes the address of this website, without a slash at the end."),
    )

    class Meta:
        icon = "copy"
        label = _("Text to copy")
        template = "blocks/copy_text.html"

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, object] | None = None
    ) -> dict[str, object]:
        """Add the text with the address of the site."""
        context: dict[str, object] = super().get_context(value, parent_context)
        request = context.get("request")
        text = value.get("text") or ""
        if isinstance(request, HttpRequest):
            text = text.replace(ADDRESS, request.build_absolute_uri("/").rstrip("/"))
        context["text"] = text
        return context

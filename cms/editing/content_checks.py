"""What editors are asked to look at again, in the side panel *Checks* beside the preview.

Wagtail's content checker with rules of our own about links, headings, pictures and the contact.
Only what editors can mend themselves: the frame around their text is checked in our own tests.
The functions that look at the preview are in ``static/js/content-checks.js``.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

#: Texts of links that say nothing about where they lead (WCAG 2.4.4).
EMPTY_LINK_TEXTS = [
    "hier",
    "hier klicken",
    "klicken sie hier",
    "klick",
    "link",
    "zum link",
    "mehr",
    "mehr lesen",
    "mehr erfahren",
    "mehr dazu",
    "weiter",
    "weiterlesen",
    "weitere informationen",
    "details",
    "download",
    "pdf",
    "seite",
    "website",
    "here",
    "click here",
    "more",
    "read more",
    "learn more",
    "continue",
]
#: An address in place of a text, in the grammar that Python and browsers share. Links that write
#: a mail may show theirs: people copy it.
ADDRESS = r"(https?://|www\.)\S+|[^\s@]+\.(de|eu|org|com|net)(/\S*)?"
#: What cameras and computers call pictures.
FILE_NAME = r"\.(avif|gif|heic|jpe?g|png|svg|webp)$|_|^(img|dsc|bild|foto)[ -]?\d+$"
#: What a link's text may end with.
PUNCTUATION = " .,:;!…›»→>"

#: What is wrong and what to do, by rule.
MESSAGES = {
    "alt-text-quality": (
        _("The description of a picture looks like the name of a file."),
        _("Say in one sentence what can be seen."),
    ),
    "bold-line": (
        _("A line in bold type stands where a heading should be."),
        _("Use a heading: only headings let people jump through a text with a screen reader."),
    ),
    "contact": (
        _("The page names nobody whom visitors can turn to."),
        _(
            "Enter a contact person on the page of the house. For national pages, the "
            "administration enters one in the settings."
        ),
    ),
    "empty-heading": (_("A heading has no text."), _("Write one, or remove the block.")),
    "empty-meta-description": (
        _("The summary is missing."),
        _("Write two or three plain sentences: lists and search engines show them."),
    ),
    "heading-order": (
        _("A subsection comes before the first section."),
        _("Make the first heading a section; subsections belong below one."),
    ),
    "link-name": (_("A link has no text."), _("Write where the link leads.")),
    "link-says-nothing": (
        _("A link does not say where it leads."),
        _("Name the target, for example “Programme of the open day” instead of “here”."),
    ),
    "link-shows-address": (
        _("A link shows its address instead of a text."),
        _("Name the target: a screen reader would spell the address out."),
    ),
    "picture-without-description": (
        _("A picture has no description."),
        _("Say in one sentence what can be seen, or tick “decorative” if it tells nothing."),
    ),
    "telephone": (
        _("The contact has no telephone number."),
        _(
            "Enter one where the contact person stands, on the page of the house or in the "
            "settings: not everybody writes."
        ),
    ),
}
#: Where the editors' own text stands; words explained by the glossary are no links of theirs.
_LINKS = ".prose a[href]:not(.word)"


def _rule(name: str, selector: str, check: str = "") -> dict[str, object]:
    """One rule of axe with one check of ours."""
    return {
        "id": name,
        "impact": "serious",
        "selector": selector,
        "tags": ["best-practice"],
        "any": [check or f"check-{name}"],
        "enabled": True,
    }


class EditorChecker(ContentCheckerItem):
    """Rules about links, headings, pictures and the contact, in plain words."""

    axe_run_only = [*MESSAGES]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        _rule("bold-line", ".prose .rich-text p"),
        # What is missing can only be shown where something is: at the title.
        _rule("contact", "h1"),
        _rule("link-says-nothing", _LINKS),
        _rule("link-shows-address", _LINKS),
        _rule("picture-without-description", "[data-undescribed] img"),
        _rule("telephone", ".contact__name"),
    ]
    axe_custom_checks = [
        {"id": "check-image-alt-text", "options": {"pattern": FILE_NAME}},
        {"id": "check-empty-meta-description"},
        {"id": "check-bold-line"},
        {"id": "check-contact"},
        {
            "id": "check-link-says-nothing",
            "options": {
                "texts": EMPTY_LINK_TEXTS,
                "punctuation": PUNCTUATION,
            },
        },
        {
            "id": "check-link-shows-address",
            "options": {"pattern": ADDRESS, "punctuation": PUNCTUATION},
        },
        {"id": "check-picture-without-description"},
        {"id": "check-telephone"},
    ]
    # The frame around the text is not the editor's.
    axe_include = ["main"]

    class Media:
        js = ["js/content-checks.js"]

    @property
    def axe_messages(  # type: ignore[override]  # Wagtail only reads it
        self,
    ) -> dict[str, dict[str, str | Promise]]:
        """What is wrong, and what to do, by rule."""
        return {
            rule: {"error_name": what, "help_text": how} for rule, (what, how) in MESSAGES.items()
        }

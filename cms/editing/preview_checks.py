"""What editors see in the side panel *Checks* beside the preview while they write.

Only what they can mend themselves: the frame around their text is checked in our own tests. The
rules and words are those of :mod:`cms.editing.content_checks`, which looks at what is
stored; the functions that look at the preview are in ``static/js/content-checks.js``.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

from cms.editing import content_checks as checks

#: Where the editors' own text stands; words explained by the glossary are no links of theirs.
_LINKS = ".prose a[href]:not(.word)"


def _rule(name: str, selector: str, check: str = "") -> dict[str, Any]:
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

    axe_run_only = [
        "alt-text-quality",
        "bold-line",
        "contact",
        "empty-heading",
        "empty-meta-description",
        "heading-order",
        "link-name",
        "link-says-nothing",
        "link-shows-address",
        "picture-without-description",
        "telephone",
    ]
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
        {"id": "check-image-alt-text", "options": {"pattern": checks.FILE_NAME}},
        {"id": "check-empty-meta-description"},
        {"id": "check-bold-line"},
        {"id": "check-contact"},
        {
            "id": "check-link-says-nothing",
            "options": {
                "texts": sorted(checks.EMPTY_LINK_TEXTS),
                "punctuation": checks.PUNCTUATION,
            },
        },
        {
            "id": "check-link-shows-address",
            "options": {"pattern": checks.ADDRESS, "punctuation": checks.PUNCTUATION},
        },
        {"id": "check-picture-without-description"},
        {"id": "check-telephone"},
    ]
    # The frame around the text is not the editor's.
    axe_include = ["main"]

    class Media:
        js = ["js/content-checks.js"]

    @property
    def axe_messages(self) -> dict[str, dict[str, str | Promise]]:
        """What is wrong, and what to do, by rule."""
        words = {
            "alt-text-quality": checks.PICTURE_NAMED_LIKE_FILE,
            "bold-line": checks.BOLD_LINE,
            "contact": checks.NO_CONTACT,
            "empty-heading": (_("A heading has no text."), _("Write one, or remove the block.")),
            "empty-meta-description": (
                _("The summary is missing."),
                _("Write two or three plain sentences: lists and search engines show them."),
            ),
            "heading-order": checks.HEADING_SKIPS,
            "link-name": checks.LINK_WITHOUT_TEXT,
            "link-says-nothing": checks.LINK_SAYS_NOTHING,
            "link-shows-address": checks.LINK_SHOWS_ADDRESS,
            "picture-without-description": checks.PICTURE_WITHOUT_DESCRIPTION,
            "telephone": checks.NO_TELEPHONE,
        }
        return {rule: {"error_name": what, "help_text": how} for rule, (what, how) in words.items()}

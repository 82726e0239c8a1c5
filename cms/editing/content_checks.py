"""What editors should look at again before they submit a text: links, headings, pictures, contact.

These checks read what is stored and need no browser. Wagtail's own, in the side panel
*Checks*, look at the preview; :mod:`cms.editing.preview_checks` chooses them.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.models.contact import ContactFields

#: Texts of links that say nothing about where they lead (WCAG 2.4.4).
EMPTY_LINK_TEXTS = frozenset(
    [
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
)
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_BOLD_LINE = re.compile(
    r"<p\b[^>]*>\s*<(b|strong)>(?P<text>[^<]{1,100})</\1>\s*</p>", re.IGNORECASE
)
#: An address in place of a text, in the grammar that Python and browsers share. Links that write
#: a mail may show theirs: people copy it.
ADDRESS = r"(https?://|www\.)\S+|[^\s@]+\.(de|eu|org|com|net)(/\S*)?"
#: What cameras and computers call pictures.
FILE_NAME = r"\.(avif|gif|heic|jpe?g|png|svg|webp)$|_|^(img|dsc|bild|foto)[ -]?\d+$"
#: What a link's text may end with.
PUNCTUATION = " .,:;!…›»→>"

# What is wrong and what to do: above the form, and beside the preview.
LINK_WITHOUT_TEXT = (_("A link has no text."), _("Write where the link leads."))
LINK_SAYS_NOTHING = (
    _("A link does not say where it leads."),
    _("Name the target, for example “Programme of the open day” instead of “here”."),
)
LINK_SHOWS_ADDRESS = (
    _("A link shows its address instead of a text."),
    _("Name the target: a screen reader would spell the address out."),
)
BOLD_LINE = (
    _("A line in bold type stands where a heading should be."),
    _("Use a heading: only headings let people jump through a text with a screen reader."),
)
HEADING_SKIPS = (
    _("A subsection comes before the first section."),
    _("Make the first heading a section; subsections belong below one."),
)
PICTURE_WITHOUT_DESCRIPTION = (
    _("A picture has no description."),
    _("Say in one sentence what can be seen, or tick “decorative” if it tells nothing."),
)
PICTURE_NAMED_LIKE_FILE = (
    _("The description of a picture looks like the name of a file."),
    _("Say in one sentence what can be seen."),
)
NO_CONTACT = (
    _("The page names nobody whom visitors can turn to."),
    _(
        "Enter a contact person on the page of the house. For national pages, the administration "
        "enters one in the settings."
    ),
)
NO_TELEPHONE = (
    _("The contact has no telephone number."),
    _(
        "Enter one where the contact person stands, on the page of the house or in the settings: "
        "not everybody writes."
    ),
)
HOUSE_WITHOUT_CONTACT = (
    _("The house names nobody whom visitors can turn to."),
    _("Enter a contact person with an e-mail address. Until then, the national desk answers."),
)


@dataclass(frozen=True)
class Issue:
    """One thing to look at again.

    Args:
        what: what is wrong.
        how: what to do.
        where: the words on the page it is about, may be empty.
    """

    what: str | Promise
    how: str | Promise
    where: str = ""


def issues_of(page: Page) -> list[Issue]:
    """Everything to look at again on ``page``, as it is stored in the instance."""
    found: list[Issue] = []
    for field in page._meta.get_fields():
        found += _issues_of_field(page, field)
    return found + list(_contact(page))


def _issues_of_field(page: Page, field: Field) -> Iterator[Issue]:
    if isinstance(field, StreamField):
        blocks = list(getattr(page, field.name).raw_data)
        if field.name == "body":
            yield from _headings(blocks)
        for value in _values(blocks):
            yield from _of_value(value)
    elif isinstance(field, RichTextField):
        yield from _of_html(getattr(page, field.name) or "")


def _values(value: Any) -> Iterator[Any]:
    """Every value inside, the outer before the inner ones."""
    yield value
    inner = value.values() if isinstance(value, dict) else value
    if not isinstance(inner, str) and hasattr(inner, "__iter__"):
        for part in inner:
            yield from _values(part)


def _of_value(value: Any) -> Iterator[Issue]:
    if isinstance(value, str):
        yield from _of_html(value)
    elif isinstance(value, dict) and {"alt_text", "decorative"} <= set(value):
        yield from _picture(value)
    elif isinstance(value, dict) and value.get("title") and (value.get("url") or value.get("page")):
        yield from _link(value["title"])


def _of_html(source: str) -> Iterator[Issue]:
    for match in _LINK.finditer(source):
        yield from _link(html.unescape(strip_tags(match.group(1))))
    for match in _BOLD_LINE.finditer(source):
        yield Issue(*BOLD_LINE, html.unescape(match["text"].strip()))


def _link(text: str) -> Iterator[Issue]:
    words = " ".join(text.split())
    bare = words.strip(PUNCTUATION).lower()
    if not bare:
        yield Issue(*LINK_WITHOUT_TEXT, words)
    elif bare in EMPTY_LINK_TEXTS:
        yield Issue(*LINK_SAYS_NOTHING, words)
    elif re.fullmatch(ADDRESS, bare):
        yield Issue(*LINK_SHOWS_ADDRESS, words)


def _headings(blocks: list[Any]) -> Iterator[Issue]:
    before = 1
    for block in blocks:
        if block["type"] != "heading":
            continue
        level = int(block["value"].get("level") or 2)
        if level > before + 1:
            yield Issue(*HEADING_SKIPS, block["value"].get("text", ""))
        before = level


def _picture(value: dict[str, Any]) -> Iterator[Issue]:
    text = (value["alt_text"] or "").strip()
    if value["decorative"]:
        return
    if not text:
        yield Issue(*PICTURE_WITHOUT_DESCRIPTION)
    elif re.search(FILE_NAME, text, re.IGNORECASE):
        yield Issue(*PICTURE_NAMED_LIKE_FILE, text)


def _contact(page: Page) -> Iterator[Issue]:
    contact = page.contact
    if isinstance(page, ContactFields) and not (page.contact_name and page.contact_email):
        yield Issue(*HOUSE_WITHOUT_CONTACT)
    elif not (contact.name and contact.email):
        yield Issue(*NO_CONTACT, contact.organisation)
    elif not contact.phone:
        yield Issue(*NO_TELEPHONE, contact.name)

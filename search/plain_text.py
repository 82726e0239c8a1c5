"""Text without markup, for the index."""

import re

from django.db.models import Model
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText, get_text_for_indexing

_MARKUP = re.compile(r"<[a-zA-Z/!]")
# PostgreSQL stores no NUL, XML 1.0 has none of these, and none can be searched for.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

#: What Wagtail's text blocks give where an optional one is empty.
_EMPTY = "None"


def without_controls(text: str) -> str:
    """``text`` with control characters turned into blanks."""
    return _CONTROL.sub(" ", text)


def one_line(text: str, most: int) -> str:
    """``text`` in one line of at most ``most`` characters, as it is typed into a field."""
    return " ".join(without_controls(text).split())[:most].strip()


def plain(value: object) -> str:
    """The readable text of a field's value: rich text, stream, plain text or nothing."""
    if value is None:
        return ""
    if isinstance(value, StreamValue):
        content = value.stream_block.get_searchable_content(value)
        return without_controls("\n".join(str(part) for part in content if part and part != _EMPTY))
    source = value.source if isinstance(value, RichText) else str(value)
    if _MARKUP.search(source):
        source = get_text_for_indexing(source)
    return without_controls(source).strip()


def plain_text_of(page: Model) -> str:
    """The text of all rich text and stream fields of ``page``, in their order."""
    texts = (
        plain(getattr(page, field.name))
        for field in page._meta.concrete_fields
        if isinstance(field, RichTextField | StreamField)
    )
    return "\n".join(text for text in texts if text)

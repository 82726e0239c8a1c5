"""Blocks that put the two worlds side by side.

F75: differences are accepted, also in language. F77: the pairs of words. F78: words are explained.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.assets.illustrations import illustration_choices
from cms.text import slugify, sort_key


def _drawing_block() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(
        label=_("Illustration"),
        choices=illustration_choices,
        required=False,
        search_index=False,
    )


class ComparisonRowBlock(blocks.StructBlock):
    """One topic as both worlds see it."""

    topic = blocks.CharBlock(label=_("Topic"), max_length=120)
    illustration = _drawing_block()
    zo_title = blocks.CharBlock(label=_("What associations call it"), max_length=80, required=False)
    zo = blocks.TextBlock(label=_("Associations"), help_text=_("One point per line."))
    kmu_title = blocks.CharBlock(label=_("What companies call it"), max_length=80, required=False)
    kmu = blocks.TextBlock(label=_("Companies"), help_text=_("One point per line."))


class ComparisonBlock(blocks.StructBlock):
    """Both worlds side by side, topic by topic."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    rows = blocks.ListBlock(ComparisonRowBlock(), label=_("Topics"), min_num=1)

    class Meta:
        icon = "table"
        label = _("Comparison of the two worlds")
        template = "blocks/comparison.html"

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, object] | None = None
    ) -> dict[str, object]:
        """Split the columns into their points, and give each topic its address."""
        context = super().get_context(value, parent_context=parent_context)
        context["rows"] = [
            {
                "row": row,
                "anchor": topic_anchor(row["topic"]),
                "zo": _lines(row["zo"]),
                "kmu": _lines(row["kmu"]),
            }
            for row in value["rows"]
        ]
        return context


class FieldBlock(blocks.StructBlock):
    """One field in which both worlds gain, by the word of each (table 1 of the guide)."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=80,
        help_text=_("The same as the topic of a comparison: then the link leads right there."),
    )
    illustration = _drawing_block()
    zo = blocks.CharBlock(label=_("What associations call it"), max_length=60)
    kmu = blocks.CharBlock(label=_("What companies call it"), max_length=60)
    text = blocks.CharBlock(label=_("One sentence"), max_length=160)
    page = blocks.PageChooserBlock(label=_("Leads to"), required=False)


class FieldsBlock(blocks.StructBlock):
    """The fields of action, each with its drawing and both its names."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False)
    fields = blocks.ListBlock(FieldBlock(), label=_("Up to six"), min_num=1, max_num=6)

    class Meta:
        icon = "grip"
        label = _("Fields of action")
        template = "blocks/fields.html"

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, object] | None = None
    ) -> dict[str, object]:
        """Add where in a comparison the field stands."""
        context = super().get_context(value, parent_context=parent_context)
        context["fields"] = [
            {"field": field, "anchor": topic_anchor(field["title"])} for field in value["fields"]
        ]
        return context


#: Both words of an entry are explained where texts use them.
BOTH = "both"
SIDES = ("zo", "kmu")


class GlossaryEntryBlock(blocks.StructBlock):
    """A word, the other world's word for nearly the same thing, and what is meant.

    A word that only one world uses stands alone.
    """

    zo = blocks.CharBlock(label=_("What associations say"), max_length=80, required=False)
    kmu = blocks.CharBlock(label=_("What companies say"), max_length=80, required=False)
    explanation = blocks.TextBlock(
        label=_("Explanation"),
        help_text=_("What is meant, and where the two differ. Two or three plain sentences."),
    )
    inline = blocks.ChoiceBlock(
        label=_("Explain in texts"),
        choices=[
            (BOTH, _("Both words")),
            ("zo", _("Only the word of the associations")),
            ("kmu", _("Only the word of the companies")),
            ("none", _("Neither")),
        ],
        default=BOTH,
        search_index=False,
        help_text=_(
            "Where a text first uses the word, readers get to this explanation without leaving "
            "the page. Leave out words that everybody knows."
        ),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse an entry without a word."""
        cleaned = super().clean(value)
        if not (cleaned.get("zo") or cleaned.get("kmu")):
            message = _("Please enter at least one word.")
            raise blocks.StructBlockValidationError({"zo": ValidationError(message)})
        return cleaned


@dataclass(frozen=True)
class Word:
    """A word of the glossary with its anchor.

    Args:
        text: the word.
        anchor: the id of its entry in the page.
    """

    text: str
    anchor: str


class GlossaryBlock(blocks.StructBlock):
    """The words of both worlds, each pair explained."""

    entries = blocks.ListBlock(
        GlossaryEntryBlock(),
        label=_("Words"),
        min_num=1,
        help_text=_("In any order: visitors see them from A to Z."),
    )

    class Meta:
        icon = "openquote"
        label = _("Glossary")
        template = "blocks/glossary.html"

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, object] | None = None
    ) -> dict[str, object]:
        """Sort the entries by the word of the associations, and all words from A to Z."""
        context = super().get_context(value, parent_context=parent_context)
        entries = sorted(value["entries"], key=lambda e: sort_key(e["zo"] or e["kmu"] or ""))
        taken: set[str] = set()
        context["entries"] = [
            {
                "zo": _word(entry["zo"], taken) if entry["zo"] else None,
                "kmu": _word(entry["kmu"], taken) if entry["kmu"] else None,
                "explanation": entry["explanation"],
            }
            for entry in entries
        ]
        sides = [entry[side] for entry in context["entries"] for side in ("zo", "kmu")]
        words = [word for word in sides if word]
        context["words"] = sorted(words, key=lambda word: sort_key(word.text))
        return context


def topic_anchor(topic: str) -> str:
    """The id of a topic in a comparison."""
    return f"thema-{slugify(topic)}"


def word_anchor(text: str) -> str:
    """The id of a word in its glossary, unless the glossary has the word twice."""
    return f"wort-{slugify(text)}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _word(text: str, taken: set[str]) -> Word:
    """A word with an anchor that nothing else in the page has."""
    base = anchor = word_anchor(text)
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    taken.add(anchor)
    return Word(text, anchor)

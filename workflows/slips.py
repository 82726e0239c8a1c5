"""A slip: a correction so small that its author agrees to it with one click.

At most three words and forty characters of running text. Never a number, a date, a name, a link,
a negation or a term: what a text says must not change under the name of its author.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Revision

from cms.editing.content_comparison import (
    is_same_content,
    normalised_block,
    normalised_html,
)
from cms.models import Place, TermLabel
from cms.text import fold
from search.analysis.lemmas import lemma_of
from search.analysis.nouns import noun_table

MOST_WORDS, MOST_CHARACTERS = 3, 40

#: How alike two spellings of a word are that nobody knows, 0 to 1: a word with a slip in it.
_LIKENESS = 0.75
_TOKEN = re.compile(r"\w+|[^\w\s]")
_TAG = re.compile(r"(<[^>]*>)")
_NEGATIONS = re.compile(
    r"nicht|nichts|nie|niemals|niemand\w*|nirgend\w*|kein\w*|ohne|weder|kaum|nur|"
    r"un(?!ter|ser)\w{3,}|miss\w+|\w+los\w*|not|no|never|none|without"
)
_DATES = re.compile(
    r"(januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember)s?|"
    r"(mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?|heute|gestern|morgen|uhr|"
    r"tage?n?|wochen?|monat\w*|jahr\w*"
)
_NUMBERS = re.compile(
    r"eins|(zwei|zwo|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf)\w*|"
    r"\w*(zehn|zwanzig|ssig|zig|hundert|tausend|million|milliarde)\w*|halb\w*|doppelt\w*"
)
_TITLES = frozenset({"Herr", "Herrn", "Frau", "Dr", "Prof"})

#: In a term of several words, words up to this long are articles and the like.
_SHORT_WORD = 3

_sources: list[Callable[[], Iterable[str]]] = []


def register_terms(source: Callable[[], Iterable[str]]) -> None:
    """Have the words that ``source`` gives count as terms too; called when the apps are ready."""
    _sources.append(source)


@dataclass(frozen=True)
class Slip:
    """What a correction changed, piece by piece: the words before and after."""

    changes: tuple[tuple[str, str], ...]

    @classmethod
    def from_log(cls, changes: Iterable[Sequence[str]]) -> "Slip":
        """As an entry of the log keeps it."""
        return cls(tuple((before, after) for before, after in changes))

    def __str__(self) -> str:
        said = (tuple(f"„{text}“" if text else "–" for text in change) for change in self.changes)
        return ", ".join(" → ".join(change) for change in said)


def slip_between(before: Revision, after: Revision) -> Slip | None:
    """What a small correction changed; ``None`` where more changed, or something it must not.

    Args:
        before: the version that was reviewed.
        after: the version with the correction.
    """
    model = ContentType.objects.get_for_id(before.content_type_id).model_class()
    if model is None or not _is_running_text_only(model, before, after):
        return None
    changes: list[Change] = []
    for field in _running_text(model):
        old, new = before.content.get(field.name), after.content.get(field.name)
        found = _changes(list(_parts(field, old)), list(_parts(field, new)))
        if found is None:
            return None
        changes += found
    if not changes or not _is_small(changes) or _is_meaning_touched(changes):
        return None
    return Slip(tuple(change.texts for change in changes))


def _running_text(model: type[models.Model]) -> list[models.Field[object, object]]:
    kinds = (StreamField, RichTextField, models.TextField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds)]


def _is_running_text_only(model: type[models.Model], before: Revision, after: Revision) -> bool:
    """Whether everything else says the same: titles, dates, pictures, topics."""
    texts = {field.name: before.content.get(field.name) for field in _running_text(model)}
    content_type = after.content_type_id
    elsewhere = Revision(content=after.content | texts, content_type_id=content_type)
    return is_same_content(before, elsewhere)


@dataclass(frozen=True)
class Change:
    """One place in a text that changed.

    Args:
        before: its words and marks as they were; none where something was added.
        after: as they are.
        beside: what stands around it.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    beside: AbstractSet[str]

    @property
    def texts(self) -> tuple[str, str]:
        """Before and after, for people."""
        return " ".join(self.before), " ".join(self.after)

    @property
    def words(self) -> tuple[list[str], list[str]]:
        """Before and after without marks."""
        before, after = (_words(text) for text in self.texts)
        return before, after

    @property
    def touched(self) -> set[str]:
        """The words that are not on both sides."""
        before, after = self.words
        return {*before} ^ {*after}


Part = tuple[bool, str]
"""Whether it is running text, and what it says."""


def _parts(field: models.Field[object, object], value: Any) -> Iterator[Part]:
    """The stored value as running text, and all else that must stay as it is."""
    if isinstance(field, StreamField):
        prepared = field.to_python(value)
        for child in prepared:
            yield False, child.block_type
            yield from _block_parts(child.block, child.value)
    elif isinstance(field, RichTextField):
        yield from _html_parts(value, field.features)
    else:
        yield True, str(value or "")


def _block_parts(block: blocks.Block, value: Any) -> Iterator[Part]:
    # The value of Wagtail's block of a picture is the image itself, not its fields.
    if isinstance(block, blocks.StructBlock) and isinstance(value, Mapping):
        for name, child in block.child_blocks.items():
            yield from _block_parts(child, value.get(name))
    elif isinstance(block, blocks.StreamBlock):
        for item in value or ():
            yield False, item.block_type
            yield from _block_parts(item.block, item.value)
    elif isinstance(block, blocks.ListBlock):
        for item in value or ():
            yield from _block_parts(block.child_block, item)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _html_parts(value.source if value else "", block.features)
    else:
        # Also the text of a quotation: it is somebody else's.
        yield False, repr(normalised_block(block, block.get_prep_value(value)))


def _html_parts(html: str | None, features: Iterable[str] | None) -> Iterator[Part]:
    """Tags stay as they are, and so does the text of a link."""
    in_link = False
    for piece in _TAG.split(normalised_html(html, features)):
        if piece.startswith("<"):
            in_link = piece.startswith("<a ") or (in_link and piece != "</a>")
            yield False, piece
        elif piece:
            yield not in_link, piece


def _changes(before: Sequence[Part], after: Sequence[Part]) -> list[Change] | None:
    """The words that differ; ``None`` where anything but running text does."""
    if len(before) != len(after):
        return None
    found: list[Change] = []
    for (is_text, old), (is_still_text, new) in zip(before, after, strict=True):
        if old == new and is_text == is_still_text:
            continue
        if not (is_text and is_still_text):
            return None
        found += _word_changes(old, new)
    return found


def _word_changes(old: str, new: str) -> Iterator[Change]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            beside = {*before[max(0, start - 2) : start], *before[end : end + 1]}
            yield Change(tuple(before[start:end]), tuple(after[new_start:new_end]), beside)


def _is_small(changes: Iterable[Change]) -> bool:
    sizes = [(max(map(len, change.words)), max(map(len, change.texts))) for change in changes]
    words, characters = (sum(size) for size in zip(*sizes, strict=True))
    return words <= MOST_WORDS and characters <= MOST_CHARACTERS


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _is_meaning_touched(changes: Sequence[Change]) -> bool:
    """Whether a number, date, negation, name, place or term is among the words."""
    touched = {word for change in changes for word in change.touched}
    if any(re.search(r"\d", word) for word in touched):
        return True
    folded = {fold(word) for word in touched}
    kinds = (_NEGATIONS, _DATES, _NUMBERS)
    if any(kind.fullmatch(word) for word in folded for kind in kinds):
        return True
    return any(_changes_a_name(change) for change in changes) or _is_term_or_place(touched)


def _changes_a_name(change: Change) -> bool:
    """Whether a word with a capital may be a name.

    It is one, or stands beside one; nobody knows the new word; or nobody knows the old one, and
    the new one is not alike.
    """
    removed, added = (
        {word for word in words if word[0].isupper()} & change.touched for words in change.words
    )
    if (removed or added) and any(word in _TITLES or _is_name(word) for word in change.beside):
        return True
    if any(_is_name(word) for word in removed) or not all(map(_is_common_word, added)):
        return True
    spellings = [word.lower() for word in change.words[1]]
    return any(
        not any(_is_alike(word.lower(), spelling) for spelling in spellings)
        for word in removed
        if not _is_common_word(word)
    )


def _is_name(word: str) -> bool:
    """Whether a word is known as a name only."""
    table, form = noun_table(), fold(word)
    return word[0].isupper() and form in table.lemma_of and not _is_common_word(word)


def _is_alike(word: str, other: str) -> bool:
    return SequenceMatcher(None, word, other).ratio() >= _LIKENESS


def _is_common_word(word: str) -> bool:
    table, form = noun_table(), fold(word)
    return table.lemma_of.get(form) in table.genus or lemma_of(word) is not None


def _is_term_or_place(words: set[str]) -> bool:
    """Whether one is a place, or stands in a term of a vocabulary in either world."""
    if Place.objects.filter(name__in=words).exists():
        return True
    labels = TermLabel.objects.values_list("name", "other_world")
    texts = [text for label in labels for text in label]
    texts += [text for source in _sources for text in source()]
    terms = {fold(word) for text in texts for word in _words(text) if len(word) > _SHORT_WORD}
    return bool(terms & {fold(word) for word in words})

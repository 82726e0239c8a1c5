"""Editors never meet the name a block has in the code."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.text import capfirst
from wagtail.blocks import Block, ListBlock

from cms.blocks import BodyBlock
from cms.blocks.images import LeadImageBlock

#: The same words in both languages.
SAME = {"Links", "Text"}


def inner(block: Block) -> Iterator[Block]:
    """All blocks inside this one."""
    children = list(getattr(block, "child_blocks", {}).values())
    if isinstance(block, ListBlock):
        children = list(inner(block.child_block))
    for child in children:
        yield child
        yield from inner(child)


def repeated(block: Block) -> Iterator[str]:
    """Labels that stand inside a block of the same label."""
    children = list(getattr(block, "child_blocks", {}).values())
    if isinstance(block, ListBlock):
        children = list(getattr(block.child_block, "child_blocks", {}).values())
    for child in children:
        if child.label and str(child.label) == str(block.label):
            yield f"{block.name}.{child.name}: {child.label}"
        yield from repeated(child)


def test_no_block_repeats_the_label_around_it() -> None:
    with translation.override("de"):
        blocks = [*BodyBlock().child_blocks.values(), *LeadImageBlock().child_blocks.values()]
        assert [each for block in blocks for each in repeated(block)] == []


def test_every_field_of_a_block_has_a_german_label() -> None:
    with translation.override("de"):
        labels = {(block.name, str(block.label)) for block in inner(BodyBlock())}
    raw = {label for name, label in labels if label == capfirst(name.replace("_", " "))}
    assert raw - SAME == set()

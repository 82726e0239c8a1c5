"""Editors never meet the name a block has in the code."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.text import capfirst
from wagtail.blocks import Block, ListBlock
from wagtail.models import get_page_models

from cms.blocks import BodyBlock, StreamField
from cms.blocks.images import LeadImageBlock
from examples.models import ExamplePage
from home.models import StandardPage
from news.models import NewsPage
from regions.models import HousePage

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


#: “Partner” is one and many.
SAME_IN_THE_PLURAL = {"Partner"}


def test_no_block_repeats_the_label_of_its_field() -> None:
    with translation.override("de"):
        doubled = {
            f"{model.__name__}.{field.name}: {block.label}"
            for model in get_page_models()
            for field in model._meta.get_fields()
            if isinstance(field, StreamField)
            for block in field.stream_block.child_blocks.values()
            if str(block.label) == capfirst(field.verbose_name) not in SAME_IN_THE_PLURAL
        }
    assert doubled == set()


def test_every_field_of_a_block_has_a_german_label() -> None:
    with translation.override("de"):
        labels = {(block.name, str(block.label)) for block in inner(BodyBlock())}
    raw = {label for name, label in labels if label == capfirst(name.replace("_", " "))}
    assert raw - SAME == set()


#: Blocks about both worlds and for others to take over, which only pages that explain offer.
EXPLAINING = {"comparison", "fields", "glossary", "copy_text"}


def test_houses_are_offered_the_blocks_they_need_and_no_more() -> None:
    offered = {
        model: {
            name
            for field in model._meta.get_fields()
            if isinstance(field, StreamField)
            for name in field.stream_block.child_blocks
        }
        for model in get_page_models()
    }
    for model in (NewsPage, ExamplePage, HousePage):
        assert not offered[model] & EXPLAINING
    assert offered[StandardPage] >= EXPLAINING

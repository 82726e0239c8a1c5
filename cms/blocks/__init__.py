"""StreamField blocks, by theme, and the migration-light field."""

from cms.blocks.body import ArticleBlock, BodyBlock
from cms.blocks.fields import StreamField
from cms.blocks.images import NO_PICTURE, LeadImageBlock
from cms.blocks.lists import LinksBlock, StepsBlock

__all__ = [
    "NO_PICTURE",
    "ArticleBlock",
    "BodyBlock",
    "LeadImageBlock",
    "LinksBlock",
    "StepsBlock",
    "StreamField",
]

"""StreamField blocks, by theme, and the migration-light field."""

from cms.blocks.body import ArticleBlock, BodyBlock
from cms.blocks.fields import StreamField
from cms.blocks.images import LeadImageBlock
from cms.blocks.lists import LinksBlock, StepsBlock

__all__ = ["ArticleBlock", "BodyBlock", "LeadImageBlock", "LinksBlock", "StepsBlock", "StreamField"]

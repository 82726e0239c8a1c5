"""The body of a page."""

from wagtail import blocks

from cms.blocks.copying import CopyTextBlock
from cms.blocks.images import FigureBlock
from cms.blocks.lists import DownloadBlock, LinksBlock, StepsBlock
from cms.blocks.rich_text import CalloutBlock, HeadingBlock, QuoteBlock, paragraph_block
from cms.blocks.tables import TableBlock
from cms.blocks.worlds import ComparisonBlock, FieldsBlock, GlossaryBlock


class ArticleBlock(blocks.StreamBlock):
    """What a house tells: news, examples, funding, about itself.

    The page type says which of the two it offers; blocks that belong to the nation's texts about
    both worlds would only be in the way of somebody who writes once a month.
    """

    paragraph = paragraph_block()
    heading = HeadingBlock()
    image = FigureBlock()
    steps = StepsBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    links = LinksBlock()
    download = DownloadBlock()
    table = TableBlock()

    class Meta:
        required = False


class BodyBlock(ArticleBlock):
    """What pages that explain need on top: home, standard pages, forms of cooperation."""

    comparison = ComparisonBlock()
    fields = FieldsBlock()
    glossary = GlossaryBlock()
    copy_text = CopyTextBlock()

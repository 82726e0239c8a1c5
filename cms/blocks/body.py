"""The body of a page."""

from wagtail import blocks

from cms.blocks.images import FigureBlock
from cms.blocks.lists import DownloadBlock, LinksBlock, StepsBlock
from cms.blocks.rich_text import CalloutBlock, HeadingBlock, QuoteBlock, paragraph_block
from cms.blocks.tables import TableBlock
from cms.blocks.worlds import ComparisonBlock, FieldsBlock, GlossaryBlock


class BodyBlock(blocks.StreamBlock):
    """Everything an editor can put into the body of a page."""

    paragraph = paragraph_block()
    heading = HeadingBlock()
    image = FigureBlock()
    steps = StepsBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    links = LinksBlock()
    download = DownloadBlock()
    table = TableBlock()
    comparison = ComparisonBlock()
    fields = FieldsBlock()
    glossary = GlossaryBlock()

    class Meta:
        required = False

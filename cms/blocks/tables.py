"""Tables, written as text: a row on each line, its cells divided by vertical bars.

Wagtail's typed table is a grid of inputs, which is hard to use by keyboard and on a phone and which
wagtail-localize cannot translate. Text is neither; pasted tables are written so for the editor
(``static/js/admin-paste.js``).
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

DIVIDER = "|"
#: More than anybody reads; all rows are filled up to the widest.
MOST_COLUMNS, MOST_ROWS = 20, 300


class TableBlock(blocks.StructBlock):
    """A table; its first row names the columns."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    rows = blocks.TextBlock(
        label=_("Rows"),
        help_text=_(
            "A row on each line, its cells divided by “|”. The first row names the columns."
        ),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, object] | None = None
    ) -> dict[str, object]:
        """Split the text into the heading and the other rows."""
        context = super().get_context(value, parent_context=parent_context)
        heading, *rows = cells_of(value["rows"]) or [[]]
        return context | {"heading": heading, "rows": rows}

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """What is read, without the signs between it."""
        rows = (", ".join(filter(None, row)) for row in cells_of(value.get("rows") or ""))
        return [text for text in (value.get("title") or "", *rows) if text]


def cells_of(text: str) -> list[list[str]]:
    """The cells of each row; short rows are filled up, empty lines are none.

    A row may have a bar at either end, as in Markdown; one whose first cell is empty needs both.
    """
    rows: list[list[str]] = []
    for line in map(str.strip, text.splitlines()):
        if len(rows) == MOST_ROWS:
            break
        if not line.strip(f"{DIVIDER} "):
            continue
        if line.startswith(DIVIDER) and line.endswith(DIVIDER):
            line = line[1:-1]
        rows.append([cell.strip() for cell in line.split(DIVIDER, MOST_COLUMNS - 1)])
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]

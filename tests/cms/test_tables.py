"""Tables are written as text, and shown and found as tables."""

import pytest
from django.utils import translation

from cms.blocks.tables import MOST_COLUMNS, MOST_ROWS, TableBlock, cells_of


@pytest.mark.parametrize(
    "text, cells",
    [
        ("A | B\nC | D", [["A", "B"], ["C", "D"]]),
        ("| A | B |\n\n|C|", [["A", "B"], ["C", ""]]),
        ("|  | B |\nC | D", [["", "B"], ["C", "D"]]),
        ("| B", [["", "B"]]),
        ("A | B | C\nD", [["A", "B", "C"], ["D", "", ""]]),
        (" \n|\n", []),
    ],
)
def test_rows_are_lines_and_cells_stand_between_bars(text, cells):
    assert cells_of(text) == cells


def test_the_first_row_names_the_columns():
    block = TableBlock()
    with translation.override("de"):
        html = block.render(block.to_python({"title": "", "rows": "|  | B |\n<C> | D"}))
    assert '<th scope="col">B</th>' in html
    assert "<td>&lt;C&gt;</td><td>D</td>" in html
    assert 'aria-label="Tabelle"' in html


def test_a_table_is_found_by_its_cells_alone():
    value = TableBlock().to_python({"title": "Zeiten", "rows": "Tag | Uhr\n| Mo |  |"})
    assert TableBlock().get_searchable_content(value) == ["Zeiten", "Tag, Uhr", "Mo"]


def test_a_table_without_measure_is_cut():
    cells = cells_of("a" + "|" * 20_000 + "\nb" * 20_000)
    assert (len(cells), len(cells[0])) == (MOST_ROWS, MOST_COLUMNS)

"""Tables hold texts that spreadsheet programs do not take for formulas."""

import csv
import io

import pytest

from cms.spreadsheets import DELIMITER, csv_lines, escape_formula


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_a_program_would_calculate_is_marked_as_text(start: str) -> None:
    assert escape_formula(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("value", ["", "Chor", "1 + 1", "a@example.org", "'=1", -5, 0, None])
def test_everything_else_stays(value: object) -> None:
    assert escape_formula(value) == value


def test_a_separator_inside_a_text_starts_no_cell() -> None:
    text = "".join(csv_lines([["Titel", "Ort"], ["Chor;=1+1", 'und "Werk"\n=2']]))

    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=DELIMITER))
    assert rows == [["Titel", "Ort"], ["Chor;=1+1", 'und "Werk"\n=2']]


def test_table_begins_with_the_mark_that_tells_excel_its_characters() -> None:
    assert "".join(csv_lines([["Straße"]])).startswith("\ufeffStraße")

"""The one writer of tables: CSV that German spreadsheet programs open, without formulas.

A program calculates a cell that begins like a formula, and a formula can start programs or send
what stands beside it elsewhere (CSV injection, CWE-1236). What people type is text, so such a cell
begins with ``'``. Used by public lists and, through :mod:`cms.wagtail_patches`, by every export of
Wagtail.
"""

import csv
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Model, QuerySet
from openpyxl.cell.cell import Cell
from wagtail.admin.views.mixins import SpreadsheetExportMixin

#: A German Excel takes nothing else; a comma would also leave a cell open at each semicolon.
DELIMITER = ";"
BYTE_ORDER_MARK = "\ufeff"
#: As OWASP lists them; the last four are their full-width forms.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Line:
    """Gives ``csv.writer`` back what it writes."""

    @staticmethod
    def write(text: str) -> str:
        return text


def escape_formula(value: object) -> object:
    """``value``, marked as text where a spreadsheet program would calculate it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a CSV file, with byte order mark and RFC 4180 quoting, formulas escaped."""
    writer = csv.writer(_Line(), delimiter=DELIMITER)
    mark = BYTE_ORDER_MARK
    for row in rows:
        yield mark + writer.writerow([escape_formula(value) for value in row])
        mark = ""


def stream_csv(original: Callable[..., Iterator[str]]) -> Callable[..., Iterator[str]]:
    """Have the CSV exports of the admin written here."""

    def replacement(view: SpreadsheetExportMixin, queryset: QuerySet[Model]) -> Iterator[str]:
        def rows() -> Iterator[list[object]]:
            yield [view.get_heading(queryset, field) for field in view.list_export]
            for item in queryset:
                yield [
                    view.preprocess_field_value(field, value, view.FORMAT_CSV)
                    for field, value in view.to_row_dict(item).items()
                ]

        return csv_lines(rows())

    return replacement


def generate_xlsx_row(
    original: Callable[..., Iterator[Cell]],
) -> Callable[..., Iterator[Cell]]:
    """Escape formulas in the cells of the admin's XLSX exports."""

    def replacement(*args: object, **kwargs: object) -> Iterator[Cell]:
        for cell in original(*args, **kwargs):
            cell.value = escape_formula(cell.value)
            yield cell

    return replacement


def get_heading(original: Callable[..., str]) -> Callable[..., str]:
    """Escape formulas in the headings of the admin's exports."""

    def replacement(*args: object, **kwargs: object) -> str:
        return str(escape_formula(original(*args, **kwargs)))

    return replacement

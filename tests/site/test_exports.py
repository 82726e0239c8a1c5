"""No table that the admin gives away carries a formula, whoever wrote it and in whichever view."""

import csv
import datetime
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from checks.models import QuarterTables
from cms.spreadsheets import DELIMITER, FORMULA_STARTS
from demo.builders import build_news, build_news_index
from demo.people import build_editor
from demo.review import publish, submit
from search.models import SearchCount

FORMULA = "=cmd|' /C calc'!A0"
FORMATS = SpreadsheetExportMixin.FORMATS


def _patterns(resolver: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join((*names, pattern.name or "")), pattern.callback
        else:
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _patterns(pattern, inner)


def _exports() -> Iterator[tuple[str, type, bool]]:
    """Name, class and whether there are columns, for every view that can write a table."""
    for name, callback in _patterns(get_resolver()):
        # Decorators pass these attributes on.
        view = getattr(callback, "view_class", object)
        if issubclass(view, SpreadsheetExportMixin):
            yield name, view, bool(callback.view_initkwargs.get("list_export", view.list_export))


def _path(view: type) -> str:
    return f"{view.__module__}.{view.__qualname__}"


VIEWS = sorted({view for _, view, _ in _exports()}, key=_path)
ADDRESSES = sorted(
    name
    for name, _, has_columns in _exports()
    if has_columns and not name.endswith("_results")  # the same view once more
)


def cells(content: bytes, kind: str) -> list[Any]:
    """The values of all cells."""
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert all(cell.data_type != "f" for row in sheet.rows for cell in row)
        return [cell.value for row in sheet.rows for cell in row]
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [cell for row in csv.reader(text, delimiter=DELIMITER) for cell in row]


def formulas(values: list[Any]) -> list[str]:
    """Cells that a program would calculate."""
    return [value for value in values if isinstance(value, str) and value[:1] in FORMULA_STARTS]


class Rows(list):
    """One row where a view expects a query."""

    model = Page


@pytest.mark.parametrize("view", VIEWS, ids=_path)
def test_every_view_writes_through_the_one_writer(view: type) -> None:
    columns = ["title", *view.list_export]
    written = view()
    written.list_export = columns
    written.export_headings = {"title": FORMULA}
    # What the view itself does to a value is the next test's.
    written.custom_field_preprocess = {}
    written.get_filename = lambda: "bericht"
    written.to_row_dict = lambda row: dict.fromkeys(columns, row)

    for kind in FORMATS:
        values = cells(written.as_spreadsheet(Rows([FORMULA]), kind).getvalue(), kind)
        assert not formulas(values)
        assert values.count(f"'{FORMULA}") == 1 + len(columns)


@pytest.fixture
def world(house, region, national_editor, second_national_editor):
    """Formulas wherever somebody can write: titles, names, redirects, in every report."""
    author = build_editor(region, "x@example.org", first_name=FORMULA, last_name="+1")
    index = build_news_index(house)
    for slug in ("public", "waiting"):
        page = build_news(index, author, title=FORMULA, slug=slug)
        if slug == "public":
            page = publish(page, author)
        else:
            submit(page, author)
        Page.objects.filter(pk=page.pk).update(locked=True, locked_by=author)
    type(page).objects.update(check_again_on="2026-01-01")
    Redirect.objects.create(old_path="/alt", redirect_link=FORMULA)
    check = {"title": FORMULA, "audience": "zo", "total": 5, "sections": []}
    QuarterTables.objects.create(quarter=datetime.date(2026, 1, 1), region=region, tables=[check])
    for day in (1, 2, 3):
        SearchCount.objects.create(
            day=timezone.localdate() - datetime.timedelta(days=day),
            locale="de",
            kind=SearchCount.Kind.WORDS,
            text=FORMULA,
            asked=2,
        )


@pytest.mark.django_db
def test_no_report_gives_a_formula_away(world, administrator, sign_in) -> None:
    client = sign_in(administrator)
    assert len(ADDRESSES) >= 8
    for name in ADDRESSES:
        for kind in FORMATS:
            response = client.get(reverse(name), {"export": kind})
            values = cells(response.getvalue(), kind)
            assert not formulas(values), name
            assert any(f"'{FORMULA}" in str(value) for value in values), f"{name}: no formula met"

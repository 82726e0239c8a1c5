"""Every patch of Wagtail is switched off once, and the fault it mends must return.

Like :mod:`tests.isolation.test_guards` for the guards. A patch without a probe here
fails :func:`test_every_patch_is_proven`.
"""

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.views import chooser
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.pages import listing
from wagtail.admin.views.reports.workflows import WorkflowView
from wagtail.models import Page, WorkflowState
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.views import submit_translations

from cms.editing.prefetch import LEFT_OUT
from cms.wagtail_patches import PATCHES, original
from tests.isolation.matrix import World
from tests.isolation.test_guards import Probe, matrix
from tests.isolation.world import canary
from workflows.gate import PublishRefused

pytestmark = pytest.mark.django_db

FORMULA = "=1+1"


class Table(SpreadsheetExportMixin):
    """An export whose heading and whose cells are formulas."""

    list_export = ["title"]
    export_headings = {"title": FORMULA}

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {"title": item}


def publishing(world: World) -> Iterator[str]:
    side = world.sides["a"]
    action = PublishPageRevisionAction(side.draft.get_latest_revision(), user=side.lead)
    try:
        action.execute(skip_permission_checks=True)
    except PublishRefused:
        return
    yield "a draft that nobody approved was published"


def translations_past_the_review(world: World) -> Iterator[str]:
    side = world.sides["a"]
    public = Page.objects.filter(pk=side.in_english.pk)
    before = public.get().title
    side.translation.save_target(user=side.lead)
    if public.get().title != before:
        yield "a translated text went to the page itself, past the review"


def subtree(world: World) -> Iterator[str]:
    form = submit_translations.SubmitTranslationForm(world.sides["a"].house)
    if 'type="checkbox"' in str(form["include_subtree"]):
        yield "a subtree can be submitted"


def publishing_of_updates(world: World) -> Iterator[str]:
    source = world.sides["a"].translation.source
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    response = world.clients["national_editor"].get(url)
    assert response.status_code == 200
    if 'type="checkbox" name="publish_translations"' in response.content.decode():
        yield "publishing of updates is offered"


def typed_address(world: World) -> Iterator[str]:
    page, title = world.sides["b"].live, canary("b", "newtitle")
    Page.objects.filter(pk=page.pk).update(draft_title=title)
    url = reverse("wagtailadmin_choose_page_external_link")
    answer = world.clients["editor"].post(url, {"external-link-chooser-url": page.full_url})
    assert answer.status_code == 200
    if title in answer.content.decode():
        yield "an address was answered with the title of a draft"


def synchronisation(world: World) -> Iterator[str]:
    if any(item["model"] is LocaleSynchronization for item in get_locale_components()):
        yield "locales can be synchronised"


def list_buttons(world: World) -> Iterator[str]:
    page, user = world.sides["a"].live, world.sides["n"].editor
    for hook in hooks.get_hooks("register_page_listing_more_buttons"):
        for button in hook(page, user):
            if "/translat" in (button.url or "") or "/localize" in (button.url or ""):
                yield f"{button.label} stands in lists"


def csv_cells(world: World) -> Iterator[str]:
    response = StreamingHttpResponse(Table().stream_csv([FORMULA]))
    _heading, cell = b"".join(response).decode().splitlines()
    if cell.startswith("="):
        yield "a cell of a CSV file is a formula"


def xlsx_cells(world: World) -> Iterator[str]:
    output = io.BytesIO()
    Table().write_xlsx([FORMULA], output)
    for row in openpyxl.load_workbook(output).active.iter_rows(values_only=True):
        if row[0].startswith("="):
            yield "a cell of an XLSX file is a formula"


def chooser_rows(world: World) -> Iterator[str]:
    def queries(count: int) -> int:
        pages = Page.objects.filter(depth__gt=2).order_by("path")[:count]
        with CaptureQueriesContext(connection) as captured:
            for page in chooser.PageChooserTable([], pages).data:
                assert page.get_parent()
                assert page.status_string
        return len(captured)

    if queries(2) < queries(6):
        yield "the chooser asks for each row"


def report_rows(world: World) -> Iterator[str]:
    states = WorkflowView().decorate_paginated_queryset(WorkflowState.objects.all())
    assert len(states) > 1
    with CaptureQueriesContext(connection) as captured:
        for state in states:
            tasks = state.all_tasks_with_status
            assert tasks() if callable(tasks) else tasks
    if captured:
        yield "the report asks for each row"


def offered(filter_set: type) -> Probe:
    """Which filters a list of pages offers."""

    def probe(world: World) -> Iterator[str]:
        request = RequestFactory().get("/")
        request.user = world.sides["a"].editor
        shown = filter_set({}, queryset=Page.objects.all(), request=request)
        yield from set(LEFT_OUT) & set(shown.filters)

    return probe


def inherited(filter_set: type) -> Probe:
    """Which filters the list of a page type offers: its class is derived from Wagtail's."""

    def probe(world: World) -> Iterator[str]:
        derived: Any = type(filter_set)("Derived", (filter_set,), {})
        yield from set(LEFT_OUT) & set(derived.base_filters)

    return probe


#: Patches that the matrix notices when they are off, by one of its addresses.
ASKS_THE_MATRIX: dict[str, Probe] = {
    "wagtail.models.Page.get_admin_display_title": matrix("wagtailadmin_choose_page_child"),
    "wagtail.models.Page.__str__": matrix("wagtailadmin_pages:revisions_compare"),
    "wagtail.admin.widgets.BaseChooser.get_value_data": matrix("wagtailadmin_pages:edit"),
    "wagtail.admin.filters.WagtailFilterSet.get_form_class": matrix(
        "wagtailadmin_reports:locked_pages"
    ),
    "wagtail.admin.filters.popular_tags_for_model": matrix("wagtailimages:index"),
    "wagtail.images.views.chooser.popular_tags_for_model": matrix("wagtailimages_chooser:choose"),
    "wagtail.admin.views.bulk_action.BulkAction.get_actionable_objects": matrix(
        "wagtail_bulk_action wagtailcore.page delete"
    ),
    "wagtail.models.pages.PageLogEntryManager.viewable_by_user": matrix(
        "wagtailadmin_reports:site_history"
    ),
}
#: Each patch: who notices when it is off.
PROBES: dict[str, Probe] = {
    **ASKS_THE_MATRIX,
    "wagtail.actions.publish_revision.PublishRevisionAction._publish_revision": publishing,
    "wagtail_localize.models.Translation.save_target": translations_past_the_review,
    "wagtail_localize.views.submit_translations.SubmitTranslationForm": subtree,
    "wagtail_localize.views.update_translations.UpdateTranslationsForm": publishing_of_updates,
    "wagtail_localize.locales.components.LOCALE_COMPONENTS": synchronisation,
    "wagtail.admin.views.chooser.ExternalLinkView.render_chosen_response": typed_address,
    "wagtail.admin.views.mixins.SpreadsheetExportMixin.stream_csv": csv_cells,
    "wagtail.admin.views.mixins.SpreadsheetExportMixin.generate_xlsx_row": xlsx_cells,
    "wagtail.admin.views.mixins.SpreadsheetExportMixin.get_heading": xlsx_cells,
    "wagtail.admin.views.chooser.PageChooserTable": chooser_rows,
    "wagtail.admin.views.reports.workflows.WorkflowView.decorate_paginated_queryset": report_rows,
    "wagtail.hooks._hooks": list_buttons,
    **{
        f"wagtail.admin.views.pages.listing.{filter_set.__name__}.{attribute}": probe(filter_set)
        for filter_set in (listing.PageFilterSet, listing.GenericPageFilterSet)
        for attribute, probe in (("base_filters", offered), ("declared_filters", inherited))
    },
}


# tests/cms/editing/ switches these off: they hold no region apart.
ELSEWHERE = tuple(
    f"cms.editing.{name}." for name in ("admin_search", "bulk_actions", "filters", "redirect_form")
)
GUARDING = [p for p in PATCHES if not p.replacement.startswith(ELSEWHERE)]


def test_every_patch_is_proven():
    assert sorted(patch.target for patch in GUARDING) == sorted(PROBES)


@pytest.mark.parametrize("patch", GUARDING, ids=lambda patch: patch.target)
def test_the_fault_returns_when_it_is_off(world, monkeypatch, patch):
    probe = PROBES[patch.target]
    # While it is on the same requests of the matrix find nothing: ``test_matrix``.
    assert patch.target in ASKS_THE_MATRIX or list(probe(world)) == []
    monkeypatch.setattr(*patch.owner(), original(patch))
    assert next(probe(world), None)

"""Lists of pages in the admin ask for what their rows show at once instead of row by row.

Wagtail's explorer does; its page chooser asks three times for each of 25 rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django_filters import Filter
from wagtail.admin.ui.tables import BaseColumn, Table
from wagtail.admin.views import chooser
from wagtail.models import Page, Revision, WorkflowState

LEFT_OUT = ("site", "owner", "edited_by")


def load_rows(pages: Sequence[Page]) -> None:
    """Remember on each page its parent, its open reviews and its schedule: three queries.

    The names are those under which Wagtail looks before it asks the database.
    """
    paths = {page.path[: -page.steplen] for page in pages if page.depth > 1}
    parents = Page.objects.filter(path__in=paths).select_related("locale")
    by_path = {parent.path: parent for parent in parents}
    ids = [str(page.pk) for page in pages]
    reviews: dict[str, list[WorkflowState]] = defaultdict(list)
    open_states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=ids
    )
    for state in open_states.select_related("current_task_state__task"):
        reviews[state.object_id].append(state)
    scheduled = set(
        Revision.page_revisions.filter(
            object_id__in=ids, approved_go_live_at__isnull=False
        ).values_list("object_id", flat=True)
    )
    for page in pages:
        if parent := by_path.get(page.path[: -page.steplen]):
            page._cached_parent_obj = parent
        vars(page).update(
            _current_workflow_states=reviews[str(page.pk)],
            _approved_schedule=str(page.pk) in scheduled,
        )


class LoadedChooserTable(chooser.PageChooserTable):
    """The table of the page chooser, its rows loaded."""

    def __init__(
        self, columns: Sequence[BaseColumn], data: Iterable[Page], **kwargs: object
    ) -> None:
        rows = list(data)
        load_rows(rows)
        super().__init__(columns, rows, **kwargs)


def page_chooser_table(original: type[Table]) -> type[Table]:
    """Load the rows of the page chooser (:mod:`cms.wagtail_patches`)."""
    return LoadedChooserTable


def offered_filters(original: Mapping[str, Filter]) -> dict[str, Filter]:
    """Leave out filters of pages (:mod:`cms.wagtail_patches`).

    By site, because there is one; by person, because they name everybody who ever wrote
    anywhere, in a box each, to everybody.
    """
    return {name: field for name, field in original.items() if name not in LEFT_OUT}

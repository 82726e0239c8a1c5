"""Many pages at once: rows as Wagtail would have written them, without its queries per page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import Model
from django.db.models.sql import InsertQuery
from wagtail.models import Page, Revision, Task, TaskState, Workflow, WorkflowState

from cms.models import Term, User
from examples.models import ExamplePage, ExamplePartner

_ROWS = 200


@dataclass
class Planned:
    """A page that is to be written, with what hangs on it."""

    page: Page
    parent: Page
    terms: dict[str, list[str]] = field(default_factory=dict)
    partners: list[dict[str, str]] = field(default_factory=list)


class BulkWriter:
    """Writes pages in the order given: parents must exist already.

    Each page gets what editing and reviewing it would have left: a revision, a finished
    workflow and its task, so that tables and indexes are as large as on a real site.
    """

    def __init__(self, author: User, reviewer: User) -> None:
        self.author = author
        self.reviewer = reviewer
        self.workflow = Workflow.objects.filter(active=True).order_by("-pk").first()
        self.task = Task.objects.filter(active=True).order_by("-pk").first()
        self.terms = {term.key: term for term in Term.objects.all()}
        self._next_step: dict[int, int] = {}

    @transaction.atomic
    def write(self, planned: Sequence[Planned]) -> list[int]:
        """Write pages of any types below their parents.

        Returns:
            Their ids.
        """
        for item in planned:
            self._place(item)
        bases = [_base_row(item.page) for item in planned]
        Page.objects.bulk_create(bases, batch_size=_ROWS)
        by_model: dict[type[Page], list[Planned]] = defaultdict(list)
        for base, item in zip(bases, planned, strict=True):
            item.page.pk = item.page.page_ptr_id = base.pk
            by_model[type(item.page)].append(item)
        for model, items in by_model.items():
            _insert(model, [item.page for item in items])
            self._write_terms(model, items)
        self._write_partners(planned)
        self._write_history([item.page for item in planned])
        self._count_children(planned)
        return [base.pk for base in bases]

    def author_of(self, page: Page) -> User:
        """Who wrote ``page``, which has its place already."""
        return self.author

    def reviewer_of(self, page: Page) -> User:
        """Who approved ``page``, which has its place already."""
        return self.reviewer

    def _place(self, item: Planned) -> None:
        """Put a page at the end of its parent's children."""
        page, parent = item.page, item.parent
        step = self._next_step.get(parent.pk)
        if step is None:
            last = parent.get_last_child()
            step = Page._str2int(last.path[-Page.steplen :]) + 1 if last else 1
        self._next_step[parent.pk] = step + 1
        page.path = Page._get_path(parent.path, parent.depth + 1, step)
        page.depth = parent.depth + 1
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.locale_id = parent.locale_id
        page.draft_title = page.title
        page.owner = self.author_of(page)
        page.content_type = ContentType.objects.get_for_model(type(page))
        page.latest_revision_created_at = page.last_published_at

    def _write_terms(self, model: type[Page], items: Iterable[Planned]) -> None:
        relations = {field.name: field for field in model._meta.many_to_many}
        rows: dict[str, list[Model]] = defaultdict(list)
        for item in items:
            for name, keys in item.terms.items():
                # Set as well, so that the revision is written without asking for them again.
                setattr(item.page, name, [self.terms[key] for key in keys])
                relation = relations[name]
                rows[name] += [
                    relation.remote_field.through(
                        **{
                            f"{relation.m2m_field_name()}_id": item.page.pk,
                            f"{relation.m2m_reverse_field_name()}_id": self.terms[key].pk,
                        }
                    )
                    for key in keys
                ]
        for name, through_rows in rows.items():
            through = relations[name].remote_field.through
            through._default_manager.bulk_create(through_rows, batch_size=_ROWS)

    def _write_partners(self, planned: Iterable[Planned]) -> None:
        rows: list[ExamplePartner] = []
        for item in planned:
            partners = [
                ExamplePartner(
                    page_id=item.page.pk,
                    sort_order=order,
                    locale_id=item.page.locale_id,
                    **partner,
                )
                for order, partner in enumerate(item.partners)
            ]
            if isinstance(item.page, ExamplePage):
                item.page.partners = partners
            rows += partners
        ExamplePartner.objects.bulk_create(rows, batch_size=_ROWS)

    def _write_history(self, pages: Sequence[Page]) -> None:
        page_type = ContentType.objects.get_for_model(Page)
        revisions = [
            Revision(
                content_type=page.content_type,
                base_content_type=page_type,
                object_id=str(page.pk),
                created_at=page.last_published_at,
                user=page.owner,
                object_str=page.title,
                content=page.serializable_data(),
            )
            for page in pages
        ]
        Revision.objects.bulk_create(revisions, batch_size=_ROWS)
        for page, revision in zip(pages, revisions, strict=True):
            page.latest_revision = revision
            page.live_revision = revision if page.live else None
        rows = [
            Page(pk=p.pk, latest_revision=p.latest_revision, live_revision=p.live_revision)
            for p in pages
        ]
        Page.objects.bulk_update(rows, ["latest_revision", "live_revision"], batch_size=_ROWS)
        states = [
            WorkflowState(
                content_type=page.content_type,
                base_content_type=page_type,
                object_id=str(page.pk),
                workflow=self.workflow,
                status=WorkflowState.STATUS_APPROVED,
                requested_by=page.owner,
            )
            for page in pages
        ]
        WorkflowState.objects.bulk_create(states, batch_size=_ROWS)
        TaskState.objects.bulk_create(
            [
                TaskState(
                    workflow_state=state,
                    revision=page.latest_revision,
                    task=self.task,
                    status=TaskState.STATUS_APPROVED,
                    finished_at=page.last_published_at,
                    finished_by=self.reviewer_of(page),
                    content_type=ContentType.objects.get_for_model(TaskState),
                )
                for state, page in zip(states, pages, strict=True)
            ],
            batch_size=_ROWS,
        )

    def _count_children(self, planned: Iterable[Planned]) -> None:
        added: dict[int, int] = defaultdict(int)
        for item in planned:
            added[item.parent.pk] += 1
        for pk, number in added.items():
            Page.objects.filter(pk=pk).update(numchild=models.F("numchild") + number)


def _base_row(page: Page) -> Page:
    """The part of a page that stands in Wagtail's own table."""
    fields = (field.attname for field in Page._meta.concrete_fields if not field.primary_key)
    return Page(**{name: getattr(page, name) for name in fields})


def _insert(model: type[Page], pages: Sequence[Page]) -> None:
    """Insert the specific rows; Django's own bulk_create refuses models with a parent table."""
    for start in range(0, len(pages), _ROWS):
        query = InsertQuery(model)
        query.insert_values(model._meta.local_concrete_fields, pages[start : start + _ROWS])
        query.get_compiler(connection=connection).execute_sql()

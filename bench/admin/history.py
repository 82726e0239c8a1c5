"""What the log would hold about many pages and accounts, written at once."""

import datetime
import random
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Workflow

from audit.models import TrailEntry
from bench.rows import Row
from cms.models import User
from regions.models import Region

_ROWS = 1000
#: The log is kept for two years.
_DAYS = 720


class Log:
    """Writes entries of both of Wagtail's logs, each with its row in the trail."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.workflow = Workflow.objects.order_by("-pk").first()
        self.steps = [step.task for step in self.workflow.workflow_tasks.select_related("task")]

    def _moment(self) -> datetime.datetime:
        return timezone.now() - datetime.timedelta(minutes=self.random.randint(60, _DAYS * 1440))

    def pages(self, rows: Sequence[tuple[Page, Region | None, User]]) -> None:
        """Written, changed, submitted, approved and published.

        Args:
            rows: each page, its house, and who approved it.
        """
        entries, trail = [], []
        for page, region, reviewer in rows:
            moment = self._moment()
            for action, actor, data in self._steps(page, reviewer):
                moment += datetime.timedelta(minutes=self.random.randint(1, 900))
                entry = PageLogEntry(
                    content_type_id=page.content_type_id,
                    label=page.title,
                    action=action,
                    data=data,
                    timestamp=moment,
                    uuid=uuid.uuid4(),
                    user=actor,
                    revision_id=page.latest_revision_id,
                    content_changed=action in ("wagtail.create", "wagtail.edit"),
                    page_id=page.pk,
                )
                entries.append(entry)
                trail.append((entry, region))
        PageLogEntry.objects.bulk_create(entries, batch_size=_ROWS)
        _write_trail("page_entry", trail)

    def _steps(self, page: Page, reviewer: User) -> Iterable[tuple[str, User, Row]]:
        author = page.owner
        yield "wagtail.create", author, {}
        for _ in range(self.random.randint(0, 2)):
            yield "wagtail.edit", author, {}
        if not page.live:
            return
        yield "wagtail.workflow.start", author, self._review(None, self.steps[0])
        approved = self._review(self.steps[-1], None) | {"author": author.pk, "before": None}
        yield "wagtail.workflow.approve", reviewer, approved
        yield "wagtail.publish", reviewer, {}

    def _review(self, task: Any, following: Any) -> Row:
        names = {
            "task": task and {"id": task.pk, "title": task.name},
            "next": following and {"id": following.pk, "title": following.name},
        }
        workflow = {"id": self.workflow.pk, "title": self.workflow.name, "status": "approved"}
        return {"workflow": workflow | names, "comment": ""}

    def records(
        self, rows: Iterable[tuple[Any, str, User | None, Region | None]], *, about_people: bool
    ) -> None:
        """One entry for each record: what it is, what happened, who did it, which house."""
        entries, trail = [], []
        for record, action, actor, region in rows:
            entry = ModelLogEntry(
                content_type=ContentType.objects.get_for_model(type(record)),
                object_id=str(record.pk),
                label=str(record),
                action=action,
                data={"region": region.pk if region else None, "groups": ["Redaktion"]},
                timestamp=self._moment(),
                user=actor,
            )
            entries.append(entry)
            trail.append((entry, region))
        ModelLogEntry.objects.bulk_create(entries, batch_size=_ROWS)
        _write_trail("model_entry", trail, about_people=about_people)


def _write_trail(log: str, rows: Iterable[tuple[Any, Region | None]], **fields: object) -> None:
    trail = [
        TrailEntry(
            timestamp=entry.timestamp,
            region=region,
            region_name=region.name if region else "",
            **{log: entry},
            **fields,
        )
        for entry, region in rows
    ]
    TrailEntry.objects.bulk_create(trail, batch_size=_ROWS)

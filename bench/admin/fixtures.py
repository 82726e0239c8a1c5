"""What else a house has: pictures, files, enquiries, invitations; and reviews under way."""

import datetime
import random
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from taggit.models import Tag, TaggedItem
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowState

from bench.admin.history import Log
from bench.admin.houses import House, houses
from bench.generate import Generator
from cms.models import CustomDocument, CustomImage
from demo import builders
from regions.models import Enquiry, EnquiryEvent, Invitation, Role
from regions.models.enquiry import Status
from workflows.models import ReviewPath
from workflows.models.claims import Claim
from workflows.models.tasks import HouseReviewTask, NationalReviewTask

_ROWS = 1000
IMAGES, DOCUMENTS, ENQUIRIES = 10, 3, 8
_TAGS = 40
_MEDIA_FIELDS = ("file", "width", "height", "file_size", "file_hash", "credit", "licence")


def add_media(seed: int = 5) -> dict[str, int]:
    """Pictures and documents in every house's collection; the files themselves are shared."""
    chance = random.Random(seed)
    files = Generator().images
    template = CustomDocument(title="Merkblatt", collection=files[0].collection)
    template.file.save("merkblatt.txt", ContentFile(b"Merkblatt"))
    images, documents = [], []
    for house in houses():
        kept = {"collection": house.region.collection}
        for number in range(IMAGES):
            values = {name: getattr(chance.choice(files), name) for name in _MEDIA_FIELDS}
            person = chance.choice(house.editors)
            title = f"Treffen {number + 1} in {house.region.name}"
            images.append(CustomImage(title=title, uploaded_by_user=person, **values, **kept))
        for number in range(DOCUMENTS):
            title = f"Merkblatt {number + 1} für {house.region.name}"
            documents.append(CustomDocument(title=title, file=template.file.name, **kept))
    CustomImage.objects.bulk_create(images, batch_size=_ROWS)
    CustomDocument.objects.bulk_create(documents, batch_size=_ROWS)
    _tag(chance, images)
    rows = [(image, "wagtail.create", image.uploaded_by_user, None) for image in images]
    Log(seed).records(rows, about_people=False)
    return {"images": len(images), "documents": len(documents)}


def _tag(chance: random.Random, images: Iterable[CustomImage]) -> None:
    tags = [Tag.objects.get_or_create(name=f"Thema {number}")[0] for number in range(_TAGS)]
    image_type = ContentType.objects.get_for_model(CustomImage)
    rows = [
        TaggedItem(content_type=image_type, object_id=image.pk, tag=chance.choice(tags))
        for image in images
        if chance.random() < 0.4
    ]
    TaggedItem.objects.bulk_create(rows, batch_size=_ROWS)


def add_work(seed: int = 6) -> dict[str, int]:
    """Enquiries, invitations and accounts in the log, and reviews of some pages."""
    chance, log = random.Random(seed), Log(seed)
    every_house = houses()
    national = builders.build_enquiry(None)
    enquiries = [national, *_enquiries(chance, every_house)]
    log.records(
        [(one, "trail.enquiry", one.owner, one.region) for one in enquiries], about_people=False
    )
    _invitations(every_house)
    for house in every_house:
        members = [(person, "trail.account_created") for person in house.editors + house.leads]
        roles = [(person, "trail.role_given") for person, _action in members]
        rows = [(person, what, house.leads[0], house.region) for person, what in members + roles]
        log.records(rows, about_people=True)
    return {"enquiries": len(enquiries), "reviews": _open_reviews(chance)}


def _enquiries(chance: random.Random, every_house: Iterable[House]) -> list[Enquiry]:
    rows = []
    for house in every_house:
        for number in range(ENQUIRIES):
            status = chance.choice(Status.values)
            moment = timezone.now() - datetime.timedelta(hours=chance.randint(1, 6000))
            rows.append(
                Enquiry(
                    region=house.region,
                    name=f"Mirko Feldhaus {number}",
                    organisation="Turnverein Nord (Demonstration)",
                    side=chance.choice(["zo", "kmu"]),
                    email="mirko.feldhaus@example.org",
                    message="Wir suchen einen Betrieb, der Jugendliche begleitet.",
                    status=status,
                    owner=None if status == Status.NEW else chance.choice(house.editors),
                    created_at=moment,
                    closed_at=moment if status == Status.CLOSED else None,
                )
            )
    Enquiry.objects.bulk_create(rows, batch_size=_ROWS)
    steps = [
        EnquiryEvent(enquiry=row, region=row.region, created_at=row.created_at, kind="received")
        for row in rows
    ]
    EnquiryEvent.objects.bulk_create(steps, batch_size=_ROWS)
    return rows


def _invitations(every_house: Iterable[House]) -> None:
    rows = [
        Invitation(
            region=house.region,
            invited_by=house.leads[0],
            email=f"neu-{house.region.pk}@example.org",
            first_name="Nele",
            last_name="Neumann",
            role=Role.EDITOR,
        )
        for house in every_house
    ]
    Invitation.objects.bulk_create(rows, batch_size=_ROWS)


def _open_reviews(chance: random.Random) -> int:
    """Turn the finished review of most drafts into one that waits, in the house or at the desk."""
    drafts = Page.objects.filter(live=False, live_revision__isnull=True).order_by("pk")
    ids = [str(pk) for pk in drafts.values_list("pk", flat=True) if chance.random() < 0.7]
    states = WorkflowState.objects.filter(
        object_id__in=ids, status=WorkflowState.STATUS_APPROVED, current_task_state=None
    )
    paths = dict(ReviewPath.objects.values_list("key", "workflow"))
    house_task, desk_task = HouseReviewTask.objects.first(), NationalReviewTask.objects.first()
    count = 0
    for state in states:
        step = TaskState.objects.filter(workflow_state=state).first()
        in_house = chance.random() < 0.6
        _wait(state, step, house_task if in_house else desk_task, paths[ReviewPath.Key.NATIONAL])
        if chance.random() < 0.2:
            _claim(state, step)
        count += 1
    return count


def _wait(state: WorkflowState, step: TaskState, task: Task, workflow: Any) -> None:
    started = timezone.now() - datetime.timedelta(hours=state.pk % 900)
    TaskState.objects.filter(pk=step.pk).update(
        task=task,
        content_type=ContentType.objects.get_for_model(TaskState),
        status=TaskState.STATUS_IN_PROGRESS,
        started_at=started,
        finished_at=None,
        finished_by=None,
    )
    WorkflowState.objects.filter(pk=state.pk).update(
        workflow=Workflow.objects.get(pk=workflow),
        status=WorkflowState.STATUS_IN_PROGRESS,
        current_task_state=step,
        created_at=started,
    )


def _claim(state: WorkflowState, step: TaskState) -> None:
    step.refresh_from_db()
    page = Page.objects.get(pk=state.object_id)
    reviewer = step.task.specific.reviewers(page).order_by("pk").first()
    now = timezone.now()
    Claim.objects.create(
        workflow_state=state,
        task=step.task,
        user=reviewer,
        since=now,
        until=now + datetime.timedelta(days=3),
    )

"""A site of any size: houses by its own provisioning, their people, pages, reviews and files."""

import csv
import datetime
import io
import math
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import models, transaction
from django.db.models.signals import post_save
from django.utils import timezone, translation
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from PIL import Image
from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState
from wagtail.signal_handlers import disable_reference_index_auto_update

from audit.models import TrailEntry
from bench.analyze import analyze
from bench.corpus import Corpus
from bench.report import Row
from cms.blocks import BodyBlock, LeadImageBlock
from cms.jobs.renditions import SPECS
from cms.models import BasePage, CustomDocument, CustomImage, Kreis, User
from cms.text import slugify
from demo import builders, content, people
from demo.review import submit
from examples.models import CooperationFormPage, ExampleIndexPage, ExamplePage
from examples.models.common import FACET_FIELDS
from home.models import StandardPage
from news.models import NewsIndexPage, NewsPage
from regions.access import HOUSE_DEPTH
from regions.models import HousePage, Region, RegionKreis
from regions.models.enquiry import Status
from search.results.related_job import find_related
from search.sweep import sweep
from workflows.models import ReviewPath
from workflows.models.tasks import NationalReviewTask

DESK = "messung-bund@example.org"
PICTURES, IMAGES, DOCUMENTS, ENQUIRIES = 30, 10, 3, 8
GERMAN = {"locale__language_code": "de"}
#: So many pages of 100 are of a type.
_SHARES = {CooperationFormPage: 1, NewsPage: 35, ExamplePage: 60, StandardPage: 4}
_FIRST = ("Anna", "Bernd", "Cem", "Dora", "Emil", "Frauke", "Gregor", "Hanna", "Ivo", "Jutta")
_LAST = ("Albers", "Brandt", "Çelik", "Diekmann", "Ehlers", "Fromm", "Gerdes", "Hinz", "Iding")
_BATCH, _ROWS = 1000, 500
#: The log is kept for two years.
_LOG_MINUTES = 720 * 24 * 60
_ACTIONS = (
    *("wagtail.create", "wagtail.edit"),
    *("wagtail.workflow.start", "wagtail.workflow.approve", "wagtail.publish"),
)
#: Of the pages, so many are drafts; of these, so many wait for a review.
_DRAFTS, _WAITING = 0.02, 0.7


@dataclass(frozen=True)
class House:
    """A house with its people: who writes, who reviews."""

    region: Region
    page: HousePage
    editors: Sequence[User]
    leads: Sequence[User]


def houses() -> list[House]:
    """All houses that have both editors and leads, in the order they were made."""
    groups = [f"region_record__{name}_group__user_set" for name in ("editors", "leads")]
    pages = HousePage.objects.filter(**GERMAN).order_by("region_record").prefetch_related(*groups)
    regions = ((page.region_record, page) for page in pages)
    found = (
        House(region, page, region.editors_group.user_set.all(), region.leads_group.user_set.all())
        for region, page in regions
    )
    return [house for house in found if house.editors and house.leads]


@translation.override("de")
def fill(number: int, pages: int, accounts: int, public: bool) -> Row:
    """Fill a database with the demo in it, until it is of that size.

    Args:
        number: houses.
        pages: of all types.
        accounts: of people.
        public: with what visitors need, search entries; else with what the admin needs.

    Returns:
        How many houses were provisioned, and in how many seconds.
    """
    provisioned = _provision(number)
    # All at once in the end; the process ends with this function.
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
    _add_people(accounts)
    writer = PageWriter()
    missing = pages - Page.objects.filter(depth__gt=1).count()
    with disable_reference_index_auto_update():
        for start in range(0, missing, _BATCH):
            writer.write(min(_BATCH, missing - start))
    _add_work(writer.pictures)
    call_command("update_index", verbosity=0)
    if public:
        sweep(full=True)
        find_related(math.inf)
    else:
        call_command("rebuild_references_index", verbosity=0)
    analyze()
    return provisioned


def facts() -> dict[str, int]:
    """How much the database holds."""
    pages = Page.objects.filter(depth__gt=1)
    return {
        "pages": pages.count(),
        "live": pages.filter(live=True).count(),
        "houses": Region.objects.count(),
        "accounts": User.objects.count(),
        "pictures": CustomImage.objects.count(),
        "lines in the log": TrailEntry.objects.count(),
        "open reviews": TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count(),
    }


def _provision(number: int) -> Row:
    """Have ``create_region --csv`` make houses until there are ``number``, a district each."""
    missing = max(number - Region.objects.count(), 0)
    free = Kreis.objects.exclude(pk__in=RegionKreis.objects.values("kreis_id")).order_by("pk")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "kreise", "email", "slug"])
        for kreis in free[:missing]:
            slug = f"{slugify(kreis.name)[:50]}-{kreis.code}"
            email = f"haus-{kreis.code}@example.org"
            rows.writerow([f"{kreis.name} ({kreis.code})", kreis.code, email, slug])
        file.flush()
        started = time.perf_counter()
        call_command("create_region", csv=Path(file.name), stdout=io.StringIO())
        seconds = time.perf_counter() - started
    corpus = Corpus()
    for house in HousePage.objects.filter(**GERMAN).order_by("-pk")[:missing]:
        house.body, house.summary = content.blocks(corpus.html(5)), corpus.summary()
        house.contact_name, house.contact_phone = "Vera Beispiel", "030 23125-123"
        house.address_street, house.address_plz = "Kooperationsweg 1", "10115"
        house.address_place = corpus.place()
        house.save()
    return {"houses": missing, "seconds": seconds}


def _add_people(total: int) -> None:
    """One lead for each house that has none, and editors until there are ``total`` accounts."""
    chance, password = random.Random(total), make_password(people.DEMO_PASSWORD)
    regions = list(Region.objects.order_by("pk"))
    groups = [one.leads_group_id for one in regions if not one.leads_group.user_set.exists()]
    missing = max(total - User.objects.count() - len(groups), len(regions))
    groups += [regions[number % len(regions)].editors_group_id for number in range(missing)]
    users = []
    for number in range(len(groups)):
        user = User(email=f"person-{number}@example.org", password=password)
        user.first_name, user.last_name = chance.choice(_FIRST), f"{chance.choice(_LAST)} {number}"
        users.append(user)
    _save(users)
    rights = zip(users, groups, strict=True)
    _save([User.groups.through(user_id=user.pk, group_id=group) for user, group in rights])


def _save(rows: Sequence[Any]) -> None:
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=_ROWS)


class PageWriter:
    """Writes pages as editing and reviewing would have left them, with texts of their own."""

    def __init__(self) -> None:
        self._corpus = Corpus(seed=Page.objects.count())
        self._random = self._corpus.random
        self._desk = people.build_national_editor(DESK, first_name="Bund")
        self._houses = {house.page.path: house for house in houses()}
        self.pictures = [self._picture(number) for number in range(PICTURES)]
        home = builders.national_home()
        self._parents: dict[Any, list[Any]] = {
            CooperationFormPage: [builders.build_form_index(home)],
            NewsPage: list(NewsIndexPage.objects.live().filter(**GERMAN)),
            ExamplePage: list(ExampleIndexPage.objects.live().filter(**GERMAN)),
            StandardPage: [home, *HousePage.objects.live().filter(**GERMAN)],
        }
        self._logged: list[tuple[PageLogEntry, Region | None]] = []
        self._step = NationalReviewTask.objects.get()
        self._workflow = ReviewPath.objects.get(key=ReviewPath.Key.NATIONAL).workflow

    @transaction.atomic
    def write(self, number: int) -> None:
        """Write pages of all types below their lists; some houses write much more than others."""
        for model in self._random.choices(list(_SHARES), list(_SHARES.values()), k=number):
            self._write(model)
        self._write_log()

    def _write_log(self) -> None:
        """The entries, and the trail that follows them: one at a time they took half of the time.

        Who acted works for the house or for the nation, and is known to it.
        """
        _save([entry for entry, _region in self._logged])
        _save(
            [
                TrailEntry(
                    timestamp=entry.timestamp,
                    region=region,
                    region_name=region.name if region else "",
                    page_entry=entry,
                )
                for entry, region in self._logged
            ]
        )
        self._logged.clear()

    def _write(self, model: type[BasePage]) -> None:
        parents = self._parents[model]
        weights = [1 / (rank + 2) for rank in range(len(parents))]
        parent = self._random.choices(parents, weights)[0]
        house = self._houses.get(parent.path[: HOUSE_DEPTH * Page.steplen])
        author = self._random.choice(house.editors) if house else self._desk
        day = self._corpus.day()
        page = builders.BUILDERS[model](parent, author, **self._fields(model, day))
        page.live = self._random.random() > _DRAFTS
        noon = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
        Page.objects.filter(pk=page.pk).update(
            live=page.live,
            has_unpublished_changes=not page.live,
            live_revision=page.latest_revision if page.live else None,
            first_published_at=noon,
            last_published_at=noon,
        )
        self._review(page, author, house)

    def _fields(self, model: type[BasePage], day: datetime.date) -> dict[str, Any]:
        corpus, title = self._corpus, self._corpus.title()
        # Unique by its number: siblings must not share an address.
        slug = f"{slugify(title)[:60]}-{self._random.getrandbits(48):x}"
        fields = {"title": title, "slug": slug, "summary": corpus.summary(), "checked_on": day}
        for field in model._meta.local_concrete_fields:
            if isinstance(field, StreamField):
                if isinstance(field.stream_block, BodyBlock | LeadImageBlock):
                    fields[field.name] = self._blocks(field.name)
            elif isinstance(field, models.TextField) and field.name not in fields:
                fields[field.name] = corpus.text(3)
            elif field.name == "date":
                fields[field.name] = day
        for name, vocabulary in FACET_FIELDS.items():
            if hasattr(model, name):
                fields[name] = corpus.keys(vocabulary, 4)
        if model is ExamplePage:
            sides = (("Verein", "zo"), ("Betrieb", "kmu"))
            fields["partners"] = [{"name": f"{n} {corpus.place()}", "side": s} for n, s in sides]
        return fields

    def _blocks(self, name: str) -> list[tuple[str, Any]]:
        if name == "course":
            titles = ("Anfang", "Absprache", "Alltag")
            return content.steps_block([{"title": t, "text": self._corpus.text(3)} for t in titles])
        if name != "lead_image":
            return content.blocks(self._corpus.html(self._random.randint(3, 8)))
        if self._random.random() > 0.3:
            return []
        image = self._random.choice(self.pictures)
        image.contextual_alt_text, image.decorative = "Menschen bei der Arbeit", False
        return [("image", {"image": image, "caption": "Bei der Arbeit"})]

    def _picture(self, number: int) -> CustomImage:
        file, shade = io.BytesIO(), (40 + number * 5, 120, 200 - number * 4)
        Image.new("RGB", (1200, 800), shade).save(file, "JPEG")
        picture = ImageFile(file, name=f"bild-{number}.jpg")
        values = {"title": f"Bild {number}", "credit": "Foto: Erika Muster"}
        image = CustomImage.objects.create(file=picture, **values)
        image.get_renditions(*SPECS)
        return image

    def _review(self, page: Page, author: User, house: House | None) -> None:
        """What the log says, and a finished review; most drafts wait for theirs."""
        reviewer = house.leads[0] if house else self._desk
        for action in _ACTIONS if page.live else _ACTIONS[:2]:
            age = datetime.timedelta(minutes=self._random.randint(60, _LOG_MINUTES))
            entry = PageLogEntry(
                page=page,
                content_type=page.content_type,
                label=page.get_admin_display_title(),
                action=action,
                user=reviewer if action in _ACTIONS[-2:] else author,
                timestamp=timezone.now() - age,
            )
            self._logged.append((entry, house.region if house else None))
        if not page.live:
            if self._random.random() < _WAITING:
                submit(page, author)
            return
        base, step_type = (ContentType.objects.get_for_model(one) for one in (Page, TaskState))
        state = WorkflowState.objects.create(
            content_type=page.content_type,
            base_content_type=base,
            object_id=str(page.pk),
            workflow=self._workflow,
            requested_by=author,
            status=WorkflowState.STATUS_APPROVED,
        )
        TaskState.objects.create(
            workflow_state=state,
            revision=page.latest_revision,
            task=self._step,
            status=TaskState.STATUS_APPROVED,
            finished_by=reviewer,
            content_type=step_type,
        )


def _add_work(pictures: list[CustomImage]) -> None:
    """Pictures, documents and enquiries of every house."""
    chance, template = random.Random(6), CustomDocument(title="Merkblatt")
    template.file.save("merkblatt.txt", ContentFile(b"Merkblatt"))
    images, documents = [], []
    for house in houses():
        name, collection, person = house.region.name, house.region.collection, house.editors[0]
        for number in range(IMAGES):
            image = CustomImage.objects.get(pk=chance.choice(pictures).pk)
            image.pk, image.title = None, f"Treffen {number + 1} in {name}"
            image.collection, image.uploaded_by_user = collection, person
            images.append(image)
        for number in range(DOCUMENTS):
            title = f"Merkblatt {number + 1} für {name}"
            document = CustomDocument(title=title, file=template.file.name, collection=collection)
            documents.append(document)
        for _ in range(ENQUIRIES):
            status = chance.choice(Status.values)
            moment = timezone.now() - datetime.timedelta(hours=chance.randint(1, 6000))
            owner = None if status == Status.NEW else person
            builders.build_enquiry(house.region, owner, status=status, created_at=moment)
    _save(images)
    _save(documents)

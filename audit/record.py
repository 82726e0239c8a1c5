"""Writing the trail: with every entry of Wagtail's log, whatever wrote it."""

from django.contrib.auth.models import Group
from django.db.models.signals import post_save, pre_save
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from audit.houses import houses_of_model_entry, houses_of_page_entry, houses_of_user
from audit.models import TrailEntry
from cms.editing.authorship import authorship
from cms.models import User
from regions.access import is_administrator, is_national_editor
from regions.models import Invitation, Region

#: Entries that let a text go public: they keep whose text it was and what it replaced.
APPROVALS = ("wagtail.workflow.approve", "workflows.emergency")
ABOUT_PEOPLE = (User, Group, Invitation)


def keep_what_was_approved(
    sender: type[PageLogEntry], instance: PageLogEntry, **kwargs: object
) -> None:
    """Before the text goes public, what is public is still the version before."""
    if instance.pk or instance.action not in APPROVALS or not instance.revision_id:
        return
    revision = Revision.objects.filter(pk=instance.revision_id).first()
    page = Page.objects.filter(pk=instance.page_id).first()
    instance.data = instance.data | {
        "author": authorship(page, revision).author_id if page and revision else None,
        "before": page.live_revision_id if page else None,
    }


def follow_page_entry(
    sender: type[PageLogEntry], instance: PageLogEntry, created: bool, **kwargs: object
) -> None:
    """Note the houses of an entry about a page."""
    if created:
        _write(instance, houses_of_page_entry(instance), page_entry=instance)


def follow_model_entry(
    sender: type[ModelLogEntry], instance: ModelLogEntry, created: bool, **kwargs: object
) -> None:
    """Note the houses of an entry about anything else."""
    if created:
        model = instance.content_type.model_class() if instance.content_type else None
        about_people = model is not None and issubclass(model, ABOUT_PEOPLE)
        houses = houses_of_model_entry(instance)
        _write(instance, houses, model_entry=instance, about_people=about_people)


def _write(
    entry: PageLogEntry | ModelLogEntry, houses: set[Region | None], **fields: object
) -> None:
    ordered = sorted(houses, key=lambda house: house.name if house else "")
    for number, house in enumerate(ordered):
        TrailEntry.objects.create(
            timestamp=entry.timestamp,
            region=house,
            region_name=house.name if house else "",
            first=number == 0,
            names_actor=_is_known_to(entry.user, house),
            **fields,
        )


def _is_known_to(actor: User | None, house: Region | None) -> bool:
    """Whether the house may read the name: of its own people and of the nation's."""
    if actor is None or house is None or is_administrator(actor) or is_national_editor(actor):
        return True
    return house in houses_of_user(actor)


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    pre_save.connect(keep_what_was_approved, sender=PageLogEntry)
    post_save.connect(follow_page_entry, sender=PageLogEntry)
    post_save.connect(follow_model_entry, sender=ModelLogEntry)

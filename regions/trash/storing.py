"""Storing pages before they are deleted, restoring them, and deleting them for good."""

import datetime
import itertools
import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import COMMENTS_RELATION_NAME, Page

from cms.jobs.registry import register as register_work
from cms.models import User
from regions.access import region_of
from regions.models import DeletedPage
from regions.models.trash import KEPT_FOR

RESTORED_ACTION = "regions.restore"
#: What a page is given anew where it comes back.
PLACE = ("path", "depth", "numchild", "url_path")
#: What it was when it was deleted: it comes back as a draft.
STATE: dict[str, object] = {
    "live": False,
    "has_unpublished_changes": True,
    "live_revision": None,
    "latest_revision": None,
    "latest_revision_created_at": None,
    "go_live_at": None,
    "expire_at": None,
    "expired": False,
    "locked": False,
    "locked_at": None,
    "locked_by": None,
    "alias_of": None,
}


def prepare(page: Page, user: User) -> DeletedPage | None:
    """What the trash keeps of ``page`` and what is below it, not saved yet; read before deleting.

    Aliases are left out, as they have no text of their own: None if nothing else is there.
    """
    pages = page.get_descendants(inclusive=True).filter(alias_of=None).order_by("path").specific()
    above = {one.path: one.pk for one in pages}
    if not above:
        return None
    parent = page.get_parent()
    return DeletedPage(
        region=region_of(page),
        title=page.get_admin_display_title(),
        parent_id=parent.pk,
        user=user,
        pages=[
            {
                "model": one._meta.label_lower,
                "parent": above.get(one.path[: -one.steplen], parent.pk),
                "content": one.get_latest_revision_as_object().serializable_data(),
            }
            for one in pages
        ],
    )


@transaction.atomic
def restore(row: DeletedPage, user: User) -> Page:
    """Put the pages back where they stood, as drafts with their former numbers.

    With them links, history and addresses fit again.

    Returns:
        The topmost page.

    Raises:
        ValidationError: if there is no place for them (any more), in plain words.
    """
    row = DeletedPage.objects.select_for_update(of=("self",)).get(pk=row.pk)
    parent = Page.objects.filter(pk=row.parent_id).first()
    if parent is None:
        raise ValidationError(_("The page above it has been deleted, too. Restore that first."))
    if not parent.permissions_for_user(user).can_add_subpage():
        raise ValidationError(_("You may not add pages there (any more)."))
    restored = [_restore(stored, user) for stored in row.pages]
    row.delete()
    return restored[0]


def _restore(stored: Mapping[str, Any], user: User) -> Page:
    model = apps.get_model(stored["model"])
    content = _prepared(model, stored["content"])
    page: Page = model.from_serializable_data(content, check_fks=True, strict_fks=False)
    parent = Page.objects.get(pk=stored["parent"])
    page.slug = _free_slug(page.slug, parent)
    same = Page.objects.filter(translation_key=page.translation_key, locale=page.locale)
    if same.exists():
        page.translation_key = uuid.uuid4()
    _insert(page, parent)
    page.save_revision(user=user, clean=False)
    log(page, RESTORED_ACTION, user=user)
    return page


def _insert(page: Page, parent: Page) -> None:
    """Add ``page`` below ``parent`` with the id it had: what has an id is taken for stored."""
    page._state.adding = True
    page.set_url_path(parent)
    vars(page)["save"] = partial(ClusterableModel.save, page)
    parent.add_child(instance=page)
    del vars(page)["save"]


def _free_slug(slug: str, parent: Page) -> str:
    """The former address, or the next one if another page has it meanwhile."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in itertools.count(2))
    return next(one for one in itertools.chain([slug], numbered) if one not in taken)


def _prepared(model: type[Page], content: dict[str, Any]) -> dict[str, Any]:
    """The text without what belonged to the deleted rows."""
    content = content | STATE | {COMMENTS_RELATION_NAME: []}
    for name in PLACE:
        content.pop(name, None)
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.null and not _exists(field, content):
            # modelcluster cannot leave out what was protected: the draft has to name it anew.
            content[field.name] = None
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        content[name] = [child | {"pk": None} for child in content.get(name) or ()]
    if Page.objects.filter(pk=content["pk"]).exists():
        content["pk"] = None
    return content


def _exists(field: ForeignKey[object, object], content: Mapping[str, object]) -> bool:
    """Whether what a text refers to by ``field`` is still there."""
    return bool(field.related_model._base_manager.filter(pk=content.get(field.name)).exists())


def delete_expired(now: datetime.datetime | None = None) -> str:
    """Delete for good what has been in the trash for 30 days.

    Returns:
        How many; nothing of their content.
    """
    due = DeletedPage.objects.filter(deleted_at__lte=(now or timezone.now()) - KEPT_FOR)
    return _("%(count)d deleted") % {"count": due.delete()[0]}


def register() -> None:
    """Register the deletion as periodic work."""
    label = gettext_lazy("Emptying the trash")
    register_work("trash", datetime.timedelta(hours=6), delete_expired, label)

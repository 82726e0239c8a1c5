"""Deleting a region with everything that is only its own."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Collection, Page, ReferenceIndex, get_page_models

from cms.models import User
from cms.signals import person_left
from regions.access import pages_of
from regions.exports.content import consents_of, documents_of, images_of
from regions.models import Enquiry, EnquiryEvent, HousePage, Region, RegionExport
from regions.people.access import active_members, own_accounts
from regions.people.leaving import close_account


class NotExported(Exception):
    """The region was not exported today."""


@dataclass(frozen=True)
class Loss:
    """What deleting a region takes away, in numbers.

    Args:
        live: public pages.
        drafts: pages that are not public.
        links: links from pages of others into the house, which lead nowhere afterwards.
        images: images, less those that pages of others show.
        documents: documents, likewise.
        enquiries: enquiries of visitors.
        accounts: active accounts that work for nobody else; they are deactivated.
        shared: active accounts with another task; they lose only this one.
    """

    live: int
    drafts: int
    links: int
    images: int
    documents: int
    enquiries: int
    accounts: int
    shared: int

    @property
    def lines(self) -> list[str]:
        """In words; what there is none of is left out."""
        said = (
            (self.live, ngettext("%(n)d public page", "%(n)d public pages", self.live)),
            (self.drafts, ngettext("%(n)d draft", "%(n)d drafts", self.drafts)),
            (self.images, ngettext("%(n)d image", "%(n)d images", self.images)),
            (self.documents, ngettext("%(n)d document", "%(n)d documents", self.documents)),
            (
                self.enquiries,
                ngettext(
                    "%(n)d enquiry with its history",
                    "%(n)d enquiries with their history",
                    self.enquiries,
                ),
            ),
        )
        return [text % {"n": count} for count, text in said if count]


def loss_of(region: Region) -> Loss:
    """Count what would be deleted with ``region``."""
    pages, own = pages_of([region]), own_accounts(region).filter(is_active=True)
    live, total = pages.filter(live=True).count(), pages.count()
    return Loss(
        live=live,
        drafts=total - live,
        links=_links_into(region),
        images=images_of(region).count(),
        documents=documents_of(region).count(),
        enquiries=region.enquiries.count(),
        accounts=own.count(),
        shared=active_members(region).exclude(pk__in=own.values("pk")).count(),
    )


def _links_into(region: Region) -> int:
    """How many pages of others name a page of the house."""
    ids = [str(pk) for pk in pages_of([region]).values_list("pk", flat=True)]
    names = ReferenceIndex.objects.filter(
        to_object_id__in=ids, to_content_type__in=_page_types()
    ).exclude(object_id__in=ids, base_content_type__in=_page_types())
    return names.values("base_content_type", "object_id").distinct().count()


def _page_types() -> list[int]:
    kinds = ContentType.objects.get_for_models(Page, *get_page_models())
    return [kind.pk for kind in kinds.values()]


def standing_export(region: Region) -> RegionExport | None:
    """The latest export of today; without one nothing is deleted."""
    return region.exports.filter(created_at__date=timezone.localdate()).first()


@transaction.atomic
def delete_region(region: Region, actor: User) -> None:
    """Delete ``region`` and all that is only its own.

    Pages go through Wagtail's own deletion: their entries leave the search, and
    their addresses answer *410 Gone*. Images and documents that pages of others
    show stay, in the common collection. Accounts are deactivated, and are removed in their time.

    Raises:
        NotExported: unless it was exported today.
    """
    region = Region.objects.select_for_update(of=("self",)).get(pk=region.pk)
    if standing_export(region) is None:
        raise NotExported
    loss = loss_of(region)
    log(
        region,
        "regions.delete",
        user=actor,
        data={
            "region": region.pk,
            "region_name": region.name,
            "pages": loss.live + loss.drafts,
            "enquiries": loss.enquiries,
        },
        deleted=True,
    )
    _close_accounts(region)
    EnquiryEvent.objects.filter(region=region).delete()
    Enquiry.objects.filter(region=region).delete()
    consents_of(region).delete()
    for house in HousePage.objects.filter(region_record=region):
        house.delete(user=actor)
    _delete_uploads(region)
    collection = region.collection
    groups = Group.objects.filter(pk__in=[region.editors_group_id, region.leads_group_id])
    group_ids = list(groups.values_list("pk", flat=True))
    region.delete()
    Group.objects.filter(pk__in=group_ids).delete()
    if collection:
        Collection.objects.get(pk=collection.pk).delete()


def _close_accounts(region: Region) -> None:
    for user in own_accounts(region).filter(is_active=True):
        close_account(user)
        person_left.send(sender=User, user=user, successor=None, region=None)


def _delete_uploads(region: Region) -> None:
    """After the pages: whatever still refers to a file is not the region's."""
    root = Collection.get_first_root_node()
    for row in [*images_of(region), *documents_of(region)]:
        if ReferenceIndex.get_references_to(row).exists():
            row.collection = root
            row.save(update_fields=["collection"])
        else:
            row.delete()


def refusal(export: RegionExport | None, has_older: bool) -> str:
    """Why nothing can be deleted now; empty when it can."""
    if export:
        return ""
    if has_older:
        return _("The last export is of an earlier day. Please export once more first.")
    return _("This region has not been exported yet. Please export it first.")

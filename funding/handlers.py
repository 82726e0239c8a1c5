"""What follows when programmes and additions become public or go: search, and who is told."""

from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from cms.signals import page_changed
from funding.choices import ADDITION_FACET
from funding.models import FundingAdditionPage, FundingPage
from funding.programme_changes import addition_published, programme_published
from search.models import EntryFacet


def follow_programme(sender: type[FundingPage], instance: FundingPage, **kwargs: object) -> None:
    """Houses that add to a programme are told what has changed."""
    # Read anew: the instance in hand is the version that was published, not the stored page.
    programme_published(FundingPage.objects.select_related("live_revision").get(pk=instance.pk))


def follow_addition(
    sender: type[FundingAdditionPage], instance: FundingAdditionPage, **kwargs: object
) -> None:
    """Note what its house has read, and have the programme found by its words."""
    pages = FundingAdditionPage.objects.select_related("programme__live_revision", "live_revision")
    addition_published(pages.get(pk=instance.pk))
    find_anew(sender, instance)


def find_anew(
    sender: type[FundingAdditionPage], instance: FundingAdditionPage, **kwargs: object
) -> None:
    """Have the programme of an addition, and the one it had before, indexed anew."""
    before = EntryFacet.objects.filter(name=ADDITION_FACET, value=str(instance.pk))
    ids = set(before.values_list("entry_id", flat=True))
    # It may have been deleted together with its programme.
    keys = FundingPage.objects.filter(pk=instance.programme_id).values("translation_key")
    now = Page.objects.filter(translation_key__in=keys, locale_id=instance.locale_id)
    ids.update(now.values_list("pk", flat=True))
    if ids:
        page_changed.send(sender=FundingPage, page_ids=sorted(ids))


def connect() -> None:
    """Listen; called once when the app is ready."""
    uid = "funding.additions"
    page_published.connect(follow_programme, sender=FundingPage, dispatch_uid=uid)
    page_published.connect(follow_addition, sender=FundingAdditionPage, dispatch_uid=uid)
    page_unpublished.connect(find_anew, sender=FundingAdditionPage, dispatch_uid=uid)
    post_delete.connect(find_anew, sender=FundingAdditionPage, dispatch_uid=uid)

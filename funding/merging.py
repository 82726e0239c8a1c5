"""Two entries of one programme become one: the addresses of the other lead to it."""

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect

from cms.models import User
from cms.signals import page_changed
from funding.models import FundingAdditionPage, FundingPage


@transaction.atomic
def merge(duplicate: FundingPage, kept: FundingPage, user: User) -> None:
    """Withdraw a programme in all languages; its present and former addresses lead to another.

    It stays as a draft, so that nothing that was written is lost.

    Args:
        duplicate: what is withdrawn.
        kept: what stays public.
        user: who decided it.

    Raises:
        ValueError: both are the same programme, or the other one is not public.
    """
    if duplicate.translation_key == kept.translation_key or not kept.live:
        raise ValueError("A programme can only be merged with another one that is public.")
    for page in duplicate.get_translations(inclusive=True).filter(live=True):
        target = kept.get_translation_or_none(page.locale)
        target = target if target and target.live else kept
        _redirect(page, target)
        named_by = FundingPage.objects.filter(successor=page)
        # The one that stays is not its own successor.
        named_by.filter(translation_key=kept.translation_key).update(successor=None)
        named_by.update(successor=target)
        # What was written about the one that goes is about the one that stays.
        FundingAdditionPage.objects.filter(programme=page).update(programme=target)
        FundingPage.objects.filter(varies=page).exclude(pk=target.pk).update(varies=target)
        page.unpublish(user=user)
        FundingPage.objects.filter(pk=page.pk).update(successor=target)
        page_changed.send(sender=FundingPage, page_ids=[target.pk])


def _redirect(page: FundingPage, target: FundingPage) -> None:
    Redirect.objects.filter(redirect_page=page).update(redirect_page=target)
    parts = page.get_url_parts()
    if parts is None:
        return
    path = Redirect.normalise_path(parts[2])
    Redirect.objects.update_or_create(
        old_path=path, site=None, defaults={"redirect_page": target, "is_permanent": True}
    )

"""Two entries of one programme become one: the addresses of the other lead to it."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

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
        # What was written about the one that goes is about the one that stays.
        _name_instead(FundingPage, "successor", page, target)
        _name_instead(FundingPage, "varies", page, target)
        _name_instead(FundingAdditionPage, "programme", page, target)
        page.unpublish(user=user)
        FundingPage.objects.filter(pk=page.pk).update(successor=target)
        page_changed.send(sender=FundingPage, page_ids=[target.pk])


def _name_instead(
    model: type[FundingPage | FundingAdditionPage],
    field: str,
    page: FundingPage,
    target: FundingPage,
) -> None:
    """Have what names one programme name another, as it is public and in all its versions.

    A version may be edited, published or restored: it would lead back to the one that is gone.
    """
    # The one that stays is neither its own successor nor its own variant.
    own = model.objects.filter(translation_key=target.translation_key)
    keys = set(own.values_list("pk", flat=True))
    named_by = model.objects.filter(**{field: page})
    named_by.filter(pk__in=keys).update(**{field: None})
    named_by.update(**{field: target})
    kind = ContentType.objects.get_for_model(model)
    versions = Revision.objects.filter(content_type=kind, **{f"content__{field}": page.pk})
    for version in versions:
        version.content[field] = None if int(version.object_id) in keys else target.pk
    Revision.objects.bulk_update(versions, ["content"])


def _redirect(page: FundingPage, target: FundingPage) -> None:
    Redirect.objects.filter(redirect_page=page).update(redirect_page=target)
    parts = page.get_url_parts()
    if parts is None:
        return
    path = Redirect.normalise_path(parts[2])
    Redirect.objects.update_or_create(
        old_path=path, site=None, defaults={"redirect_page": target, "is_permanent": True}
    )

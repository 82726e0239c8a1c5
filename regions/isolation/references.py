"""Guard of forms: nobody refers to what is neither public nor within reach.

Choosers do not offer it, but a forged request can name any number.
"""

from collections.abc import Iterator

from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

from cms.models import User
from cms.text import sort_key
from regions.isolation import guard
from regions.isolation.reach import (
    can_view_draft,
    find,
    guarded_models,
    is_key,
    is_public,
    reaches_media,
)

#: So many pages are named that link to another.
MOST_NAMED = 100


@guard
def may_refer_to(user: User, item: Model) -> bool:
    """Whether ``user`` may have a page link to ``item`` or show it."""
    if isinstance(item, Page):
        return item.live or can_view_draft(user, item)
    return reaches_media(user, item) or is_public(item)


def pages_linking_to(page: Page, user: User) -> list[Page]:
    """The pages that refer to ``page`` and that ``user`` may know of, by title.

    Pages of other houses are among them while they are public.
    """
    rows = ReferenceIndex.get_references_to(page).filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page)
    )
    keys = set(rows.values_list("object_id", flat=True))
    sources = Page.objects.filter(pk__in=keys).order_by("-live", "title")[:MOST_NAMED]
    known = [other for other in sources if other.live or can_view_draft(user, other)]
    return sorted(known, key=lambda other: sort_key(other.title))


def references_of(page: Page) -> set[tuple[type[Model], str]]:
    """The pages, images and documents that ``page`` as it is in hand refers to."""
    kinds = {ReferenceIndex._get_base_content_type(model).pk: model for model in guarded_models()}
    found = ReferenceIndex._extract_references_from_object(page)
    return {(kinds[kind], key) for kind, key, *_path in found if kind in kinds}


def out_of_reach(page: Page, user: User, *kept: Page) -> Iterator[tuple[type[Model], str]]:
    """What ``page`` refers to now, did not before, and ``user`` must not refer to.

    Args:
        page: as it is in hand.
        user: who has changed it.
        kept: further pages whose references may stay, for example what is translated.

    Yields:
        Model and key; what is no key at all is among them.
    """
    stored = Page.objects.filter(pk=page.pk).first() if page.pk else None
    earlier = [*kept, stored.get_latest_revision_as_object()] if stored else kept
    before = set().union(*(references_of(other) for other in earlier))
    for model, key in references_of(page) - before:
        item = find(model, key)
        if not is_key(model, key) or (item is not None and not may_refer_to(user, item)):
            yield model, key

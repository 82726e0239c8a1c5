"""Guard of forms: nobody refers to what is neither public nor within reach.

Choosers do not offer it, but a forged request can name any number.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

from cms.models import User
from regions.isolation import guard
from regions.isolation.reach import is_public, media_models, reaches_media, reaches_page


@guard
def may_refer_to(user: User, item: Model) -> bool:
    """Whether ``user`` may have a page link to ``item`` or show it."""
    if isinstance(item, Page):
        return item.live or reaches_page(user, item)
    return reaches_media(user, item) or is_public(item)


def references_of(page: Page) -> set[tuple[type[Model], str]]:
    """The pages, images and documents that ``page`` as it is in hand refers to."""
    kinds = {ReferenceIndex._get_base_content_type(model).pk: model for model in guarded_models()}
    found = ReferenceIndex._extract_references_from_object(page)
    return {(kinds[kind], key) for kind, key, *_path in found if kind in kinds}


def guarded_models() -> tuple[type[Model], ...]:
    """What may belong to a house."""
    return (Page, *media_models())


def out_of_reach(page: Page, user: User) -> Iterator[Model]:
    """What ``page`` refers to now, did not before, and ``user`` must not refer to."""
    stored = Page.objects.filter(pk=page.pk).first() if page.pk else None
    before = references_of(stored.get_latest_revision_as_object()) if stored else set()
    for model, key in references_of(page) - before:
        item: Any = model._default_manager.filter(pk=key).first()
        if item is not None and not may_refer_to(user, item):
            yield item

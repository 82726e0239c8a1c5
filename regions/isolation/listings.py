"""Guards of lists: what is offered to choose from, to filter by, to read in reports."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from taggit.models import Tag, TaggedItem
from wagtail.models import Page, PageLogEntry

from cms.models import User
from regions.isolation import guard
from regions.isolation.reach import (
    can_view_draft,
    colleagues,
    has_national_scope,
    media_models,
    media_within_reach,
    pages_within_reach,
    reaches_media,
)


@guard
def choosable_pages(pages: QuerySet[Page], user: User) -> QuerySet[Page]:
    """Pages offered in a chooser: what is public anywhere, and all within reach."""
    if has_national_scope(user):
        return pages
    return pages.filter(Q(live=True) | Q(pk__in=pages_within_reach(user).values("pk")))


@guard
def listed_media(items: QuerySet[Model], user: User) -> QuerySet[Model]:
    """Images or documents that the admin API lists."""
    reach = media_within_reach(user, items.model)
    return items.filter(pk__in=reach.order_by().values("pk"))


@guard
def offered_tags(tags: QuerySet[Tag], user: User) -> QuerySet[Tag]:
    """Tags to complete or to filter by: those on images and documents within reach."""
    if has_national_scope(user):
        return tags
    reach = Q()
    for model in media_models():
        reach |= Q(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=media_within_reach(user, model).order_by().values("pk"),
        )
    return tags.filter(pk__in=TaggedItem.objects.filter(reach).values("tag_id"))


@guard
def offered_people(people: QuerySet[User], user: User) -> QuerySet[User]:
    """People to filter by: those of the own house."""
    if has_national_scope(user):
        return people
    return people.filter(pk__in=colleagues(user).order_by().values("pk"))


@guard
def page_history(entries: QuerySet[PageLogEntry], user: User) -> QuerySet[PageLogEntry]:
    """What the site history tells of pages: only of those within reach, not above them."""
    if has_national_scope(user):
        return entries
    return entries.filter(page__in=pages_within_reach(user).order_by().values("pk"))


@guard
def visible_refusals(items: list[Model], user: User) -> list[Model]:
    """What a bulk action says it may not touch: only what the person knows of."""
    if has_national_scope(user):
        return items
    return [item for item in items if _is_known(item, user)]


def _is_known(item: Model, user: User) -> bool:
    if isinstance(item, Page):
        return can_view_draft(user, item)
    return isinstance(item, media_models()) and reaches_media(user, item)

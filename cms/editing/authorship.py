"""Who wrote a text, where the same text was saved more than once."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from wagtail.models import Page, Revision

from cms.editing.content_comparison import is_same_content
from cms.models.user import User


def savers(revision: Revision) -> list[int]:
    """The people who saved the content of ``revision`` one after the other, its author first.

    Saving without a change, correcting and taking it back, and commenting make revisions too.
    """
    key = (revision.pk, revision.created_at)
    # The editor asks some twenty times a page; an overwritten revision is another text.
    known: tuple[object, list[int]] | None = vars(revision).get("_savers")
    if known is None or known[0] != key:
        known = vars(revision)["_savers"] = key, _savers(revision, _previous(revision))
    return known[1]


def author_id(revision: Revision) -> int | None:
    """The person who first saved the content of ``revision``."""
    return next(iter(savers(revision)), None)


def load_savers(revisions: Iterable[Revision], user: User) -> None:
    """Load :func:`savers` of many pages' latest revisions as far as ``user`` is among them.

    Two queries, and one for each whose content was saved more than once. Where ``user`` never
    saved the page at all, who last did stands for all.
    """
    by_page = {revision.object_id: revision for revision in revisions}
    of_pages = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))
    saved = of_pages.filter(object_id__in=by_page, user=user).values_list("object_id", flat=True)
    touched = [by_page[object_id].pk for object_id in set(saved)]
    earlier = of_pages.filter(
        object_id=OuterRef("object_id"), created_at__lt=OuterRef("created_at")
    ).order_by("-created_at")
    ids = of_pages.filter(pk__in=touched).values_list(Subquery(earlier.values("pk")[:1]), flat=True)
    found = of_pages.filter(pk__in=ids) if touched else []
    previous = {revision.object_id: revision for revision in found}
    for revision in by_page.values():
        known = _savers(revision, previous.get(revision.object_id))
        vars(revision)["_savers"] = (revision.pk, revision.created_at), known


def _savers(revision: Revision, previous: Revision | None) -> list[int]:
    found = [revision.user_id]
    while previous is not None and is_same_content(previous, revision):
        found.append(previous.user_id)
        previous = _previous(previous)
    # Where nobody is known to have saved it first, the next who did answers for it.
    return [user_id for user_id in reversed(found) if user_id is not None]


def _previous(revision: Revision) -> Revision | None:
    try:
        return revision.get_previous()
    except Revision.DoesNotExist:
        return None

"""Who wrote a text, where the same text was saved more than once."""

from collections.abc import Iterable

from django.db.models import CharField, Exists, OuterRef, Subquery
from django.db.models.functions import Cast
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


def has_saved(user: User) -> Exists:
    """Whether ``user`` ever saved a page, for a query of pages."""
    page_id = Cast(OuterRef("pk"), CharField())
    return Exists(Revision.page_revisions.filter(object_id=page_id, user=user))


def load_savers(pages: Iterable[Page]) -> None:
    """Load :func:`savers` of many pages' latest revisions as far as somebody is among them.

    No query where they never saved any of the pages; otherwise one, and one for each whose
    content was saved more than once. Where they never saved a page, who last did stands for all.

    Args:
        pages: with ``saved`` from :func:`has_saved`.
    """
    latest = [(page, page.latest_revision) for page in pages if page.latest_revision]
    by_page = {revision.object_id: revision for _page, revision in latest}
    of_pages = Revision.page_revisions.all()
    touched = [revision.pk for page, revision in latest if vars(page)["saved"]]
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

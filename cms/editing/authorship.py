"""Who wrote a text: who changed it since it was public, and who only saved it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Exists, F, Max, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, PageLogEntry, Revision

from cms.editing.content_comparison import is_same_content
from cms.models.user import User


@dataclass(frozen=True)
class Authorship:
    """The people behind a version of a page, by their ids.

    Args:
        savers: who saved the content as it is, one after the other; who wrote it first. Saving
            without a change, correcting and taking it back, and commenting make revisions too.
        contributors: who changed the content since the version that was public before, as far
            as the change was not taken back.
    """

    savers: tuple[int, ...] = ()
    contributors: frozenset[int] = frozenset()

    @property
    def author_id(self) -> int | None:
        """The person who first saved the content."""
        return next(iter(self.savers), None)


def authorship(page: Page, revision: Revision) -> Authorship:
    """Who wrote ``revision``, a version of ``page``. Remembered on the revision."""
    known = getattr(revision, "_authorship", None)
    # The editor asks some twenty times a page; an overwritten revision is another text.
    if known is None or known[0] != revision.created_at:
        found = _of_many({page.pk: (page, revision)})
        known = (revision.created_at, found[page.pk])
        vars(revision)["_authorship"] = known
    return known[1]


def latest_authorships(pages: Iterable[Page]) -> dict[int, Authorship]:
    """Who wrote the latest revisions of many pages, by page; four queries at most.

    Args:
        pages: with ``latest_revision``, whose content is not read.
    """
    return _of_many({page.pk: (page, page.latest_revision) for page in pages})


def has_saved(user: User) -> Exists:
    """Whether ``user`` ever saved a page, for a query of pages."""
    page_id = Cast(OuterRef("pk"), CharField())
    return Exists(Revision.page_revisions.filter(object_id=page_id, user=user))


def load_authorship(pages: Iterable[Page], user: User) -> None:
    """Load :func:`authorship` of the latest revisions of many pages as far as ``user`` has a part.

    No query where they never saved any, otherwise four at most, however many pages there are.
    Where they have no part, nobody's is worked out.

    Args:
        pages: with ``saved`` from :func:`has_saved`.
        user: whose part is asked for.
    """
    latest = {page.pk: (page, page.latest_revision) for page in pages if page.latest_revision}
    touched = {pk: (page, version) for pk, (page, version) in latest.items() if vars(page)["saved"]}
    found = _of_many(touched, user.pk) if touched else {}
    for pk, (_page, revision) in latest.items():
        known = found.get(pk, Authorship())
        vars(revision)["_authorship"] = (revision.created_at, known)


Versions = Mapping[int, tuple[Page, Revision]]

#: In the log of a page: somebody stands for a version that another person saved.
AGREED_ACTION = "cms.agreed"


def _of_many(versions: Versions, user_id: int | None = None) -> dict[int, Authorship]:
    """By page; worked out only where the user with this id, if given, has a part."""
    public = {
        pk: page.live_revision_id
        for pk, (page, revision) in versions.items()
        if page.live_revision_id and page.live_revision_id < revision.pk
    }
    people = _savers(versions, public)
    # Who wrote alone wrote everything: nothing needs to be compared.
    found = {pk: Authorship(tuple(people[pk])[:1], frozenset(people[pk])) for pk in versions}
    shared = {
        pk: versions[pk]
        for pk in versions
        if len(people[pk]) > 1 and (user_id is None or user_id in people[pk])
    }
    if shared:
        others = {pk: version for pk, version in shared.items() if pk not in public}
        public |= _once_public(
            {pk: version for pk, version in others.items() if version[0].first_published_at}
        )
        agreed = _agreed(shared)
        for pk, history in _histories(shared, public).items():
            found[pk] = _compared(history, public.get(pk), agreed)
    return found


def _agreed(versions: Versions) -> dict[int, int]:
    """Who stands for a version that another person saved, by revision; not for a later text."""
    entries = PageLogEntry.objects.filter(
        page__in=list(versions), action=AGREED_ACTION, revision__created_at__lte=F("timestamp")
    )
    return dict(entries.exclude(user=None).values_list("revision", "user"))


def _savers(versions: Versions, public: Mapping[int, int]) -> dict[int, dict[int, None]]:
    """Who saved each page since it was public, in their order."""
    saved = Revision.page_revisions.filter(_since(versions, public)).order_by("pk")
    people: dict[int, dict[int, None]] = defaultdict(dict)
    for pk, object_id, user_id in saved.values_list("pk", "object_id", "user"):
        if user_id is not None and pk != public.get(int(object_id)):
            people[int(object_id)][user_id] = None
    return people


def _once_public(versions: Versions) -> dict[int, int]:
    """What the log says was public before, of pages that are not or are published again."""
    if not versions:
        return {}
    before = [Q(page=pk, revision__lt=revision.pk) for pk, (_page, revision) in versions.items()]
    published = PageLogEntry.objects.filter(_any(before), action="wagtail.publish").order_by()
    return dict(published.values_list("page").annotate(Max("revision")))


def _histories(versions: Versions, public: Mapping[int, int]) -> dict[int, list[Revision]]:
    found: dict[int, list[Revision]] = defaultdict(list)
    for revision in Revision.page_revisions.filter(_since(versions, public)).order_by("pk"):
        found[int(revision.object_id)].append(revision)
    return found


def _since(versions: Versions, public: Mapping[int, int]) -> Q:
    return _any(
        Q(object_id=str(pk), pk__gte=public.get(pk, 0), pk__lte=revision.pk)
        for pk, (_page, revision) in versions.items()
    )


def _any(conditions: Iterable[Q]) -> Q:
    first, *rest = conditions
    for condition in rest:
        first |= condition
    return first


def _compared(
    history: Iterable[Revision], public: int | None, agreed: Mapping[int, int]
) -> Authorship:
    """Of the last of these revisions, of which the first may be the public one."""
    states: list[tuple[Revision, list[int]]] = []
    for revision in history:
        same = (n for n, (state, _) in enumerate(states) if is_same_content(state, revision))
        place = next(same, None)
        if place is None:
            states.append((revision, []))
        else:
            # Back at what it was before: what was changed in between is gone.
            del states[place + 1 :]
        # Where nobody is known to have saved it first, the next who did answers for it.
        person = agreed.get(revision.pk, revision.user_id)
        if person is not None:
            states[-1][1].append(person)
    changed_by = {pk for state, savers in states if state.pk != public for pk in savers[:1]}
    return Authorship(tuple(states[-1][1]), frozenset(changed_by))

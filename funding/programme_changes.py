"""A national programme says something else: the houses that add to it are told, and look again.

What a house has read is a version of the programme. Whether it has to look again is the comparison
of that version with the public one, asked at reading time.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison
from wagtail.models import PageLogEntry, Revision

from cms.editing.content_comparison import is_same_content
from cms.models import User
from funding.models import FundingAdditionPage, FundingPage
from funding.models.additions import public_additions
from workflows import emails, freshness
from workflows.outcomes.common import actor, may_still_edit, responsible_for

#: What visitors do not read as part of the programme: dates of checks, address, search engines.
_NO_TEXT = frozenset(
    {"checked_on", "check_again_on", "expires_on", "slug", "seo_title", "search_description"}
    | {"show_in_menus", "go_live_at", "expire_at", "illustration", "varies"}
)


def waiting(additions: QuerySet[FundingAdditionPage]) -> QuerySet[FundingAdditionPage]:
    """The public ones whose programme says something else than when their house read it."""
    seen = Q(seen_revision__isnull=False, seen_revision=F("programme__live_revision"))
    return additions.filter(
        public_additions(),
        programme__live=True,
        programme__live_revision__isnull=False,
        programme__locale=F("locale"),
    ).exclude(seen)


def says_the_same(before: Revision, after: Revision) -> bool:
    """Whether visitors read the same in two versions of a programme."""
    other = {name: value for name, value in after.content.items() if name in _NO_TEXT}
    text = Revision(content={**before.content, **other}, content_type_id=before.content_type_id)
    return is_same_content(text, after)


def programme_published(programme: FundingPage) -> None:
    """Tell the houses that add to a programme if it says something else than they have read."""
    public = programme.live_revision
    if public is None:
        return
    found = waiting(FundingAdditionPage.objects.filter(programme=programme))
    for addition in found.select_related("seen_revision", "owner"):
        if addition.seen_revision and says_the_same(addition.seen_revision, public):
            _note_as_read(addition, public)
        else:
            _tell(addition, programme, public)


def _note_as_read(addition: FundingAdditionPage, revision: Revision | None) -> None:
    # No edit: it is in no version of the addition.
    FundingAdditionPage.objects.filter(pk=addition.pk).update(seen_revision=revision)
    addition.seen_revision = revision


def _tell(addition: FundingAdditionPage, programme: FundingPage, public: Revision) -> None:
    owner = addition.owner
    writers = [owner] if isinstance(owner, User) and may_still_edit(addition, owner) else []
    details = {
        "title": programme.title,
        "addition": addition.title,
        "url": settings.WAGTAILADMIN_BASE_URL + check_url(addition),
    }
    emails.send(
        [*writers, *responsible_for(addition)],
        _("Changed: %(title)s. Is your addition still right?") % details,
        _(
            "The national desk has changed “%(title)s”. Your house adds to it: “%(addition)s”.\n\n"
            "See what has changed, and confirm your addition with one click or edit it:\n%(url)s"
        )
        % details,
        exclude=actor(),
        key=f"funding.changed:{addition.pk}:{public.pk}",
    )


def check_url(addition: FundingAdditionPage) -> str:
    """Where the house sees what has changed in the programme."""
    return reverse("funding_addition_check", args=[addition.pk])


def addition_published(addition: FundingAdditionPage) -> None:
    """Note the version of the programme that whoever wrote the addition could read."""
    programme, text = addition.programme, addition.live_revision
    public = programme.live_revision if programme else None
    if programme is None or text is None or public is None:
        return
    is_newer = programme.last_published_at and programme.last_published_at <= text.created_at
    read = public if is_newer else _public_at(programme, text) or addition.seen_revision
    _note_as_read(addition, public if read and says_the_same(read, public) else read)


def _public_at(programme: FundingPage, text: Revision) -> Revision | None:
    """The version of a programme that was public when a text was saved."""
    published = PageLogEntry.objects.filter(
        page=programme, action="wagtail.publish", timestamp__lte=text.created_at
    )
    entry = published.select_related("revision").order_by("-timestamp", "-pk").first()
    return entry.revision if entry else None


@transaction.atomic
def confirm(addition: FundingAdditionPage, revision: Revision, user: User) -> None:
    """Note that the house has read a version of the programme and its addition is still right.

    No edit and no review: it changes no text.
    """
    _note_as_read(addition, revision)
    freshness.confirm(addition, user)


def differences(addition: FundingAdditionPage, request: HttpRequest) -> list[FieldComparison]:
    """What is public of the programme beside what the house has read, field by field."""
    programme, seen = addition.programme, addition.seen_revision
    if programme is None or seen is None or programme.live_revision is None:
        return []
    before, after = seen.as_object(), programme.live_revision.as_object()
    panel = FundingPage.get_edit_handler().get_bound_panel(
        instance=programme, request=request, form=None
    )
    found = [compare(before, after) for compare in panel.get_comparison()]
    return [c for c in found if c.has_changed() and _name_of(c) not in _NO_TEXT]


def _name_of(comparison: FieldComparison) -> str:
    field = getattr(comparison, "field", None)
    return field.name if field is not None else ""

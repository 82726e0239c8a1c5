"""Nobody's text is replaced without their knowing that somebody saved meanwhile.

Wagtail compares the version that an editor was loaded with when it saves by itself
(``EditView.is_out_of_date``), without a lock, but not when somebody presses a button: then the
later one wins.
"""

from typing import TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.editing.content_comparison import is_same_content
from cms.models import User
from cms.text import when

#: Stands in a form that is shown again because of a newer version: only a button replaces that.
ASKED_FIELD = "replaces-revision"

PageType = TypeVar("PageType", bound=Page)


def locked(page: PageType) -> PageType:
    """``page`` as it is now, for whoever adds something to its latest version.

    The row is locked first: of two who save at the same moment the second begins with the text of
    the first. Call it in a transaction.

    Raises:
        Page.DoesNotExist: it was deleted meanwhile.
    """
    Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    return type(page)._default_manager.get(pk=page.pk)


def newer_revision(page: Page, sent: QueryDict) -> Revision | None:
    """The version of ``page`` that whoever sent a form has not seen.

    The row is locked: of two who save at the same moment the second waits, and is told.

    Args:
        page: the page that is edited.
        sent: the form, with the hidden fields in which Wagtail's editor names what it was loaded
            with, or what it has saved by itself. Without them (a script, an old tab) nobody can
            tell.
    """
    loaded, own = sent.get("loaded_revision_id"), sent.get("overwrite_revision_id")
    if not loaded and not own:
        return None
    locked = Page.objects.select_for_update(of=("self",)).filter(pk=page.pk)
    latest_id = locked.values_list("latest_revision_id", flat=True).first()
    latest = Revision.objects.select_related("user").filter(pk=latest_id).first()
    if latest is None or own == str(latest.pk):
        return None
    if (loaded, sent.get("loaded_revision_created_at")) == _identity(latest):
        return None
    if own or not loaded or not loaded.isdecimal():
        return latest
    # One that was overwritten in place (by a saving that Wagtail did by itself) cannot be compared.
    other = page.revisions.filter(pk=loaded).exclude(pk=latest.pk).first()
    return None if other and is_same_content(other, latest) else latest


def _identity(revision: Revision) -> tuple[str, str]:
    return str(revision.pk), revision.created_at.isoformat()


def refuse_newer_revision(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before Wagtail's editor saves: remember what its form must not replace.

    A saving that the editor does by itself is refused at once, also while its form still asks
    whether to replace a newer version: that is for a button to say.
    """
    if request.method != "POST" or not isinstance(request.user, User):
        return None
    newer = newer_revision(page, request.POST)
    if request.accepts("text/html"):
        vars(page)["_newer_revision"] = newer
        vars(page)["_saved_by"] = request.user
        vars(request)["newer_revision"] = newer
        return None
    if newer is None and ASKED_FIELD not in request.POST:
        return None
    text = _("Save with the button if your text shall replace the other.")
    if newer:
        text = conflict_text(newer, request.user)
    answer = {"success": False, "error_code": "invalid_revision", "error_message": text}
    return JsonResponse(answer, status=400)


def conflict(page: Page) -> tuple[Revision, User] | None:
    """What a form must not replace silently, and who sent it; see :func:`refuse_newer_revision`."""
    newer: Revision | None = vars(page).get("_newer_revision")
    return (newer, vars(page)["_saved_by"]) if newer else None


def is_read_from(page: Page, revision: Revision) -> bool:
    """Whether ``page`` holds the text of ``revision``, and not one from before the row's lock."""
    held = page.latest_revision_id, page.latest_revision_created_at
    return held == (revision.pk, revision.created_at)


def conflict_text(newer: Revision, saved_by: User) -> str:
    """What to say to ``saved_by`` before a newer version is replaced."""
    moment = when(timezone.localtime(newer.created_at))
    if newer.user_id == saved_by.pk:
        return _(
            "You saved this page in another window (%(when)s). What you wrote here is still here "
            "and is not saved. Save again only if it shall replace what you wrote there."
        ) % {"when": moment}
    name = newer.user.get_full_name() if newer.user else _("Somebody else")
    return _(
        "%(name)s saved this page while you were writing (%(when)s). Your text is still here and "
        "is not saved. Look at the other version in a new window first: if you save again, yours "
        "replaces it."
    ) % {"name": name, "when": moment}

"""What each address is filled with: whose objects, which arguments, what is sent along."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale, Page, Site, Task, Workflow
from wagtail_localize.models import OverridableSegment, StringSegment

from cms.models import OutgoingMail, PeriodicRun, SiteSettings, Term
from funding.models import NamedArea
from search.models import PromotedResult, ThesaurusEntry
from tests.isolation.addresses import BULK, Address
from tests.isolation.outside import OUTSIDE
from tests.isolation.world import MARK, Side

WHOSE = ("own", "foreign", "national")
HOUSES = ("own", "foreign")
STATES = ("draft", "live")
METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Case:
    """One request: its address is filled already."""

    key: str
    target: str
    role: str
    method: str
    path: str
    query: dict[str, Any]
    data: dict[str, Any]
    headers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.key} as {self.role} on {self.target}: {self.path}"


def _owner_of_role(role: str, whose: str) -> str:
    if whose == "national":
        return "n"
    first, second = ("b", "a") if role == "other_editor" else ("a", "b")
    return first if whose == "own" else second


# --- which object ----------------------------------------------------------------------------

IN_REVIEW = ("workflow_action", "collect_workflow", "confirm_workflow", "workflow_preview",
             "workflow_history_detail", "pass_review_on", "agree_to_correction")  # fmt: skip
#: Addresses that are about a translation.
TRANSLATED = ("translation_review", "wagtail_localize:convert_to_alias")
#: Addresses that take a list to stand in, rather than the page itself.
BELOW_LIST = ("wagtailadmin_explore", "wagtailadmin_pages:add", "wagtailadmin_choose_page_child",
              "wagtailadmin_pages:preview_on_add")  # fmt: skip


def page_for(address: Address, side: Side, state: str) -> Page:
    """The page of ``side`` in ``state`` that suits the address."""
    if address.key.startswith("wagtailforms:"):
        return side.form if state == "draft" else side.public_form
    if address.key in TRANSLATED and state == "draft":
        return side.in_english
    if state == "draft":
        return side.review if any(part in address.key for part in IN_REVIEW) else side.draft
    return side.live.get_parent() if address.key.startswith(BELOW_LIST) else side.live


def _group(side: Side) -> Group:
    return side.region.editors_group if side.region else side.editor.groups.get()


#: Objects of a side, by what the key of an address begins with.
OF_SIDE: dict[str, Callable[[Side], Any]] = {
    "regionen:": lambda side: side.some_region,
    "wagtailusers_users:": lambda side: side.editor,
    "wagtailusers_groups:": _group,
    "wagtailadmin_collections:": lambda side: side.image.collection,
    "wagtailimages": lambda side: side.image,
    "wagtaildocs": lambda side: side.document,
    "wagtailadmin_api:images": lambda side: side.image,
    "wagtailadmin_api:documents": lambda side: side.document,
    "wagtailredirects": lambda side: side.redirect,
    "enquiry": lambda side: side.enquiry,
    "people_invitation": lambda side: side.invitation,
    "preview_link_revoke": lambda side: side.preview_link,
    "trash_restore": lambda side: side.deleted,
    f"{BULK} cms.customimage": lambda side: side.image,
    f"{BULK} cms.customdocument": lambda side: side.document,
    f"{BULK} cms.user": lambda side: side.editor,
    f"{BULK} search.thesaurusentry": lambda side: ThesaurusEntry.objects.first(),
}
#: Objects that belong to nobody in particular.
SHARED: dict[str, Callable[[], Any]] = {
    "terms:": Term.objects.first,
    "named_areas:": NamedArea.objects.first,
    "outgoing_mails:": OutgoingMail.objects.first,
    "periodic_work:": PeriodicRun.objects.first,
    "wagtaillocales:": Locale.objects.first,
    "wagtailsites:": Site.objects.first,
    "wagtailsettings:": SiteSettings.load,
    "wagtail_localize:": Term.objects.first,
    "wagtailadmin_workflows:": Workflow.objects.first,
    "promoted_results:": PromotedResult.objects.first,
    "thesaurus:": ThesaurusEntry.objects.first,
    "wagtailsnippetchoosers_search_thesaurusentry:": ThesaurusEntry.objects.first,
}
#: Arguments that name no object at all, by the name of the address.
PLAIN: dict[str, dict[str, Any]] = {
    "handbook": {"chapter": "leitung"},
    "catalogue_style": {"scheme": "hell"},
    "catalogue_component": {"key": "contact"},
    "catalogue_frame": {"key": "contact", "number": 0, "scheme": "hell"},
}
PAGE_KWARGS = ("page_id", "parent_page_id", "page_to_move_id", "page_pk")
OBJECT_KWARGS = ("pk", "image_id", "document_id", "doc_id", "redirect_id", "uploaded_file_id",
                 "collection_id", "key")  # fmt: skip
TRANSLATION_KWARGS = ("translation_id", "translation_source_id")


def _starts(key: str, table: dict[str, Any]) -> Any:
    return next((make for start, make in table.items() if key.startswith(start)), None)


def targets(address: Address) -> tuple[str, ...]:
    """Whose objects the address can be filled with; ``-`` where it takes none."""
    if address.name in PLAIN:
        return ("-",)
    pages = tuple(f"{whose} {state}" for whose in WHOSE for state in STATES)
    if address.key in OUTSIDE:
        kinds = {"pages": pages, "houses": HOUSES, "people": WHOSE, "nothing": ("-",)}
        return kinds[OUTSIDE[address.key].kind]
    on_page = (
        set(address.kwargs) & {*PAGE_KWARGS, "object_id", "task_state_id"}
        or address.key.startswith(
            ("wagtailadmin_api:pages:detail", "wagtailadmin_api:pages:action")
        )
        or address.key.startswith(("wagtailadmin_pages:revisions_compare",))
        or address.key.startswith(f"{BULK} wagtailcore.page")
        or address.key in PAGE_QUERIES
        or address.key == EXTERNAL_LINK
    )
    if on_page:
        return pages
    if "slug" in address.kwargs or (address.key.startswith("regionen:") and address.kwargs):
        return HOUSES
    if set(address.kwargs) & {*TRANSLATION_KWARGS, "session_id", "user_id"}:
        return WHOSE
    if address.name == BULK or address.key in OBJECT_QUERIES:
        return WHOSE
    if set(address.kwargs) & {*OBJECT_KWARGS} and not _starts(address.key, SHARED):
        return WHOSE
    return ("-",)


def _localize(kwarg: str, side: Side) -> Any:
    source = side.translation.source
    return {
        "translation_id": side.translation.pk,
        "translation_source_id": source.pk,
        "string_segment_id": StringSegment.objects.filter(source=source).first().pk,
        "overridable_segment_id": getattr(
            OverridableSegment.objects.filter(source=source).first(), "pk", 1
        ),
    }.get(kwarg)


def _value(kwarg: str, address: Address, side: Side, state: str) -> Any:
    if kwarg in address.fixed:
        return address.fixed[kwarg]
    if (plain := PLAIN.get(address.name, {}).get(kwarg)) is not None:
        return plain
    page = page_for(address, side, state)
    if kwarg in PAGE_KWARGS or (kwarg == "pk" and "pages:" in address.key):
        return page.pk
    if kwarg == "revision_id" and address.key.startswith("thesaurus:"):
        return ThesaurusEntry.objects.first().latest_revision_id
    if kwarg in ("task_state_id", "workflow_state_id", "revision_id"):
        review = page.workflow_states.order_by("-pk").first()
        return {
            "task_state_id": lambda: review.task_states.order_by("-pk").first().pk if review else 0,
            "workflow_state_id": lambda: review.pk if review else 0,
            "revision_id": lambda: page.latest_revision_id or 0,
        }[kwarg]()
    if (found := _localize(kwarg, side)) is not None:
        return found
    if kwarg == "uploaded_file_id":
        return (side.upload_image if "image" in address.key else side.upload_document).pk
    if kwarg in OBJECT_KWARGS:
        made = _starts(address.key, OF_SIDE)
        obj = made(side) if made else _starts(address.key, SHARED)()
        return obj.uuid if kwarg == "key" else getattr(obj, "pk", obj)
    return {
        "destination_id": lambda: page.get_parent().pk,
        "object_id": lambda: page.pk,
        "session_id": lambda: side.session.pk,
        "slug": lambda: side.some_region.slug,
        "user_id": lambda: side.editor.pk,
        "task_id": lambda: Task.objects.first().pk,
        "workflow_pk": lambda: Workflow.objects.first().pk,
        "revision_id_a": lambda: "earliest",
        "revision_id_b": lambda: "latest",
        "action_name": lambda: "approve",
        "filter_spec": lambda: "width-20",
        "mode": lambda: "default",
        "uidb64": lambda: "MQ",
        "token": lambda: "set-password",
        "content_type_app_name": lambda: "news",
        "content_type_model_name": lambda: "newspage",
        "app_name": lambda: "cms" if "settings" in address.key else "taggit",
        "app_label": lambda: "workflows" if "add_task" in address.key else "news",
        "model_name": lambda: _model_name(address),
    }[kwarg]()


def _model_name(address: Address) -> str:
    special = {"wagtailsettings": "sitesettings", "wagtailadmin_tag": "tag",
               "wagtailadmin_workflows": "housereviewtask"}  # fmt: skip
    return _starts(address.key, special) or "newspage"


# --- what is sent along ----------------------------------------------------------------------

#: Pages, and other objects, that are named in the query.
PAGE_QUERIES = {
    "wagtailadmin_choose_page_chosen_multiple": lambda page: {"id": page.pk},
}
OBJECT_QUERIES = {
    "wagtailimages_chooser:chosen_multiple": lambda obj: {"id": obj.pk},
    "wagtaildocs_chooser:chosen_multiple": lambda obj: {"id": obj.pk},
}
SEARCH = {"q": MARK}
#: Searches that would find everything.
QUERIES: dict[str, dict[str, str]] = {
    "wagtailadmin_choose_page_search": SEARCH,
    "wagtailadmin_pages:search": SEARCH,
    "wagtailadmin_pages:search_results": SEARCH,
    "search": SEARCH,
    "wagtailadmin_tag_autocomplete": {"term": MARK},
    "wagtailadmin_tag_model_autocomplete": {"term": MARK},
}
#: A page form without blocks and comments; otherwise Wagtail breaks.
FORM = {
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "lead_image-count": "0",
    "body-count": "0",
}
EXTERNAL_LINK = "wagtailadmin_choose_page_external_link"
#: What is posted; an empty form where nothing is said.
POSTED: dict[str, Callable[[Page], dict[str, Any]]] = {
    "wagtailadmin_pages:add": lambda page: FORM,
    "wagtailadmin_pages:preview_on_add": lambda page: FORM,
    "wagtailadmin_pages:edit": lambda page: FORM,
    "wagtailadmin_pages:preview_on_edit": lambda page: FORM,
    "wagtailadmin_pages:revisions_revert": lambda page: FORM,
    "wagtailadmin_pages:copy": lambda page: {
        "new_parent_page": page.get_parent().pk,
        "new_title": "Kopie",
        "new_slug": "kopie",
    },
    EXTERNAL_LINK: lambda page: {"external-link-chooser-url": page.full_url},
    "translation_review": lambda page: {"action": "submit"},
    "people_invitation": lambda page: {"action": "withdraw"},
    "person": lambda page: {"action": "leave"},
    "wagtail_localize:stop_translation": lambda page: {
        "next": reverse("wagtailadmin_explore_root")
    },
}


def _query(address: Address, side: Side, state: str) -> dict[str, Any]:
    page = page_for(address, side, state)
    if address.name == BULK:
        made = _starts(address.key, OF_SIDE)
        return {"id": made(side).pk if made else page.pk}
    if address.key in PAGE_QUERIES:
        return PAGE_QUERIES[address.key](page)
    if address.key in OBJECT_QUERIES:
        return OBJECT_QUERIES[address.key](_starts(address.key, OF_SIDE)(side))
    return QUERIES.get(address.key, {})


def cases_of(address: Address, sides: dict[str, Side], roles: tuple[str, ...]) -> Iterator[Case]:
    """All requests to one address."""
    by_script = "multiple" in address.key and "chosen" not in address.key
    headers = {"X-Requested-With": "XMLHttpRequest"} if by_script else {}
    for target in targets(address):
        whose, _space, state = target.partition(" ")
        for role in roles:
            side = sides[_owner_of_role(role, whose if whose in WHOSE else "own")]
            path = _path(address, side, state or "draft")
            query, data = _query(address, side, state or "draft"), {}
            if address.key in POSTED:
                data = POSTED[address.key](page_for(address, side, state or "draft"))
            for method in METHODS:
                yield Case(address.key, target, role, method, path, query, data, headers)


def _path(address: Address, side: Side, state: str) -> str:
    if address.key in OUTSIDE:
        return OUTSIDE[address.key].path(side, state)
    kwargs = {kwarg: _value(kwarg, address, side, state) for kwarg in address.kwargs}
    return reverse(address.name, kwargs=kwargs) if address.name else _plain(address.path)


def _plain(route: str) -> str:
    """A path for a pattern without a name."""
    return "/" + route.lstrip("^").replace("^.*/$", "gibt-es-nicht/")

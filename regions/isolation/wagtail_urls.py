"""Declarations of Wagtail's addresses in the admin, and of those of the rooms below.

What an update of Wagtail adds is closed until somebody has entered it here.
"""

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from taggit.models import Tag
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT
from wagtail.models import Page

from cms.accounts.requests import SignedInRequest
from regions.isolation import listings
from regions.isolation.declarations import (
    GuardContext,
    checked_by_view,
    declare,
    declare_viewset,
    linkable_page,
    plain_value,
    reachable_document,
    reachable_image,
    reachable_page,
    reachable_review_step,
    submitted_page,
    traversable_page,
)


def complete_tag(request: SignedInRequest, **kwargs: object) -> HttpResponse:
    """As Wagtail's view, with the tags that the person may know of."""
    term = request.GET.get("term", "")
    known = listings.offered_tags(Tag.objects.all(), request.user)
    tags = known.filter(name__istartswith=term).order_by("name") if term else known.none()
    names = list(tags.values_list("name", flat=True)[:TAGS_AUTOCOMPLETE_LIMIT])
    return JsonResponse(names, safe=False)


def reachable_object(context: GuardContext, value: object) -> bool:
    """What somebody is editing; what is no page, the view asks Wagtail's permissions about."""
    label, name = context.arguments["app_label"], context.arguments["model_name"]
    try:
        model = apps.get_model(str(label), str(name))
    except LookupError:
        return True
    return not issubclass(model, Page) or reachable_page(context, unquote(str(value)))


def refuse(request: SignedInRequest, **kwargs: object) -> HttpResponse | None:
    """Wagtail registers the address and has no form for it."""
    raise PermissionDenied


def _names(namespace: str, *names: str) -> list[str]:
    return [f"{namespace}:{name}" for name in names]


def declare_pages() -> None:
    """The page tree, the editor, the choosers."""
    pages = "wagtailadmin_pages"
    declare(
        "wagtailadmin_explore_root",
        *_names(pages, "search", "search_results"),
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
    )
    declare("wagtailadmin_explore", "wagtailadmin_explore_results", parent_page_id=traversable_page)
    declare("wagtailadmin_choose_page_child", parent_page_id=linkable_page)
    declare("wagtailadmin_choose_page_chosen_multiple", fields={"id": linkable_page})
    declare(
        *_names(pages, "type_use", "type_use_results"),
        content_type_app_name=plain_value,
        content_type_model_name=plain_value,
    )
    declare(
        *_names(pages, "add", "preview_on_add"),
        parent_page_id=reachable_page,
        content_type_app_name=plain_value,
        content_type_model_name=plain_value,
    )
    declare(
        f"{pages}:choose_parent",
        app_label=plain_value,
        model_name=plain_value,
        fields={"parent_page": submitted_page},
    )
    declare(f"{pages}:add_subpage", parent_page_id=reachable_page)
    declare(
        *_names(pages, "usage", "edit", "preview_on_edit", "view_draft", "delete", "unpublish"),
        *_names(pages, "convert_alias", "set_privacy", "lock", "unlock", "history"),
        *_names(pages, "history_results", "revisions_index", "workflow_history"),
        *_names(pages, "confirm_workflow_cancellation"),
        page_id=reachable_page,
    )
    declare(f"{pages}:copy", page_id=reachable_page, fields={"new_parent_page": submitted_page})
    declare(
        f"{pages}:move", page_to_move_id=reachable_page, fields={"new_parent_page": submitted_page}
    )
    declare(f"{pages}:move_confirm", page_to_move_id=reachable_page, destination_id=reachable_page)
    declare(f"{pages}:set_page_position", page_to_move_id=reachable_page)
    # Of revisions and reviews the views take only those of the page.
    declare(
        *_names(pages, "revisions_view", "revisions_revert", "revisions_unschedule"),
        page_id=reachable_page,
        revision_id=checked_by_view,
    )
    declare(
        f"{pages}:revisions_compare",
        pk=reachable_page,
        revision_id_a=checked_by_view,
        revision_id_b=checked_by_view,
    )
    declare(
        f"{pages}:workflow_history_detail",
        page_id=reachable_page,
        workflow_state_id=checked_by_view,
    )
    declare(f"{pages}:workflow_preview", page_id=reachable_page, task_id=checked_by_view)
    declare(
        *_names(pages, "workflow_action", "collect_workflow_action_data"),
        page_id=reachable_page,
        action_name=plain_value,
        task_state_id=reachable_review_step,
    )


def declare_api() -> None:
    """What the scripts of the admin ask."""
    for kind, of_kind in (
        ("pages", reachable_page),
        ("images", reachable_image),
        ("documents", reachable_document),
    ):
        declare(*_names(f"wagtailadmin_api:{kind}", "listing", "find"))
        declare(f"wagtailadmin_api:{kind}:detail", pk=of_kind)
    declare(
        "wagtailadmin_api:pages:action",
        pk=reachable_page,
        action_name=plain_value,
        fields={"destination_page_id": submitted_page},
    )
    sessions = "wagtailadmin_editing_sessions"
    declare(
        f"{sessions}:ping",
        app_label=plain_value,
        model_name=plain_value,
        object_id=reachable_object,
        session_id=checked_by_view,
    )
    declare(f"{sessions}:release", session_id=checked_by_view)
    declare("wagtailadmin_tag_autocomplete", before=complete_tag)
    declare(
        "wagtailadmin_tag_model_autocomplete",
        before=complete_tag,
        app_name=plain_value,
        model_name=plain_value,
    )
    # What is chosen stands in ``id``; see ``listings.visible_refusals``.
    declare(
        "wagtail_bulk_action",
        app_label=plain_value,
        model_name=plain_value,
        action=plain_value,
        fields={"chooser": submitted_page, "childOf": traversable_page},
    )


def declare_media() -> None:
    """Images and documents: lists, forms, uploads, choosers."""
    for namespace, of_kind in (
        ("wagtailimages", reachable_image),
        ("wagtaildocs", reachable_document),
    ):
        declare(*_names(namespace, "index", "index_results", "add", "add_multiple"))
        chooser = f"{namespace}_chooser"
        declare(*_names(chooser, "choose", "choose_results", "create"))
        declare(f"{chooser}:chosen_multiple", fields={"id": of_kind})
    images, documents = "wagtailimages", "wagtaildocs"
    declare(
        *_names(images, "edit", "delete", "url_generator", "url_generator_output"),
        *_names(images, "image_usage", "edit_multiple", "delete_multiple"),
        f"{images}_chooser:select_format",
        image_id=reachable_image,
    )
    declare(f"{images}:preview", image_id=reachable_image, filter_spec=plain_value)
    declare(f"{images}_chooser:chosen", pk=reachable_image)
    declare(*_names(documents, "edit", "delete", "document_usage"), document_id=reachable_document)
    declare(*_names(documents, "edit_multiple", "delete_multiple"), doc_id=reachable_document)
    declare(f"{documents}_chooser:chosen", pk=reachable_document)
    # Uploads are for whoever has sent them.
    declare(
        *_names(images, "create_multiple_from_uploaded_image", "delete_upload_multiple"),
        *_names(documents, "create_multiple_from_uploaded_document", "delete_upload_multiple"),
        uploaded_file_id=checked_by_view,
    )
    declare(*_names("wagtailembeds", "chooser", "chooser_upload"))


def declare_reports() -> None:
    """Reports of what is within reach, and one of everything."""
    reports = "wagtailadmin_reports"
    for name in ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages"):
        declare(*_names(reports, name, f"{name}_results"))
    # Tells of the pages of all regions, and is of no use to one.
    declare(*_names(reports, "page_types_usage", "page_types_usage_results"), is_national=True)


def declare_forms() -> None:
    """Forms and what was sent by them: of pages that somebody may edit."""
    forms = "wagtailforms"
    declare(*_names(forms, "index", "index_results"))
    declare(
        *_names(forms, "list_submissions", "list_submissions_results", "delete_submissions"),
        page_id=reachable_page,
    )


def declare_administration() -> None:
    """What belongs to no house: Wagtail's permissions let administrators in."""
    workflows = "wagtailadmin_workflows"
    declare(
        *_names(workflows, "index", "index_results", "add", "select_task_type", "task_index"),
        *_names(workflows, "task_index_results"),
    )
    # The chooser asks for no permission.
    chooser = ("task_chooser", "task_chooser_results", "task_chooser_create")
    declare(*_names(workflows, *chooser), is_national=True)
    declare(f"{workflows}:task_chosen", is_national=True, task_id=checked_by_view)
    declare(
        *_names(workflows, "enable", "disable", "edit", "usage", "usage_results"),
        *_names(workflows, "edit_task", "disable_task", "enable_task"),
        pk=checked_by_view,
    )
    declare(f"{workflows}:remove", page_pk=reachable_page, workflow_pk=checked_by_view)
    declare(f"{workflows}:add_task", app_label=plain_value, model_name=plain_value)
    collections = "wagtailadmin_collections"
    declare(*_names(collections, "index", "add"))
    declare(*_names(collections, "edit", "delete"), pk=checked_by_view)
    declare(f"{collections}:set_privacy", collection_id=checked_by_view)
    redirects = "wagtailredirects"
    declare(*_names(redirects, "index", "index_results", "add", "start_import", "process_import"))
    declare(*_names(redirects, "edit", "delete"), redirect_id=checked_by_view)
    declare(
        *_names("wagtailsettings", "edit", "preview_on_edit"),
        app_name=plain_value,
        model_name=plain_value,
        pk=checked_by_view,
    )
    declare("wagtailsnippets:index")
    for namespace in ("wagtaillocales", "wagtailusers_users", "wagtailsites"):
        declare_viewset(namespace, "copy")
    declare_viewset("wagtailusers_groups")


def declare_general() -> None:
    """The frame of the admin, one's own account, and what is no view at all."""
    declare(
        "wagtailadmin_home",
        "wagtailadmin_error_test",
        "wagtailadmin_account",
        "wagtailadmin_logout",
        "wagtailadmin_dismissibles",
        "wagtailadmin_block_preview",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_login",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_complete",
        # Addresses without a name are called by their view; the last one answers 404 to the rest.
        "allauth.account.views.LogoutView",
        "cms.accounts.views.to_sign_in",
        "cms.accounts.views.to_new_password",
        "wagtail.admin.views.home.default",
    )
    declare("wagtailadmin_password_reset_confirm", uidb64=plain_value, token=plain_value)


def declare_foundation() -> None:
    """Addresses of the rooms below, which cannot declare them themselves."""
    declare("search_statistics", "search_statistics_results", is_national=True)
    for namespace in ("terms", "outgoing_mails", "periodic_work", "promoted_results"):
        declare_viewset(namespace)
    # Asks whose people the person looks after.
    declare("reset_second_factor", user_id=checked_by_view)


def declare_thesaurus() -> None:
    """The words of the search: for the national desk."""
    name, chooser = "thesaurus", "wagtailsnippetchoosers_search_thesaurusentry"
    about_one = ("edit", "delete", "usage", "history", "history_results", "inspect", "unpublish")
    declare(*_names(name, "list", "list_results", "add"), is_national=True)
    declare(*_names(name, *about_one), is_national=True, pk=checked_by_view)
    declare(
        f"{name}:revisions_revert",
        is_national=True,
        pk=checked_by_view,
        revision_id=checked_by_view,
    )
    # They have no schedule.
    declare(
        f"{name}:revisions_unschedule",
        before=refuse,
        pk=checked_by_view,
        revision_id=checked_by_view,
    )
    declare(
        f"{name}:revisions_compare",
        is_national=True,
        pk=checked_by_view,
        revision_id_a=checked_by_view,
        revision_id_b=checked_by_view,
    )
    declare(*_names(chooser, "choose", "choose_results", "chosen_multiple"), is_national=True)
    declare(f"{chooser}:create", before=refuse)
    declare(f"{chooser}:chosen", is_national=True, pk=checked_by_view)


def declare_all() -> None:
    """Enter all of them; called once when the app is ready."""
    declare_general()
    declare_pages()
    declare_api()
    declare_media()
    declare_reports()
    declare_forms()
    declare_administration()
    declare_foundation()
    declare_thesaurus()

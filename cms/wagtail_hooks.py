"""What national administrators look after: terms, mails, periodic work."""

import json

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.models import Page

import cms.accounts.hooks
import cms.editing.repeated_creation  # noqa: F401 - their hooks
from cms.accounts.requests import SignedInRequest
from cms.consents import hooks as consent_hooks  # noqa: F401 - registers itself
from cms.dashboard.digest_views import DigestPanel
from cms.dashboard.operation import FailedMails, FailedWork
from cms.dashboard.sections import Board
from cms.editing.conflicts import refuse_newer_revision
from cms.editing.content_checks import EditorChecker
from cms.editing.term_form import TermForm
from cms.jobs.registry import label_of
from cms.models import OutgoingMail, PeriodicRun, Term


class TermDeleteView(DeleteView):
    """Refuses to delete what pages use, and names these pages."""

    template_name = "admin/term_delete.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """Ask again: the button is not shown, but an old tab may still have it."""
        if self.object.pages():
            return self.render_to_response(self.get_context_data())
        return super().form_valid(form)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the pages in the way; Wagtail hides its form from what is protected."""
        pages = self.object.pages()
        context = super().get_context_data(**kwargs)
        return context | {"pages": pages, "is_protected": bool(pages)}


class TermViewSet(ModelViewSet):
    """Terms of the shared vocabularies; one in use cannot be deleted."""

    model = Term
    icon = "tag"
    menu_label = _("Terms")
    list_display = ["__str__", "vocabulary", "key", "order"]
    list_filter = ["vocabulary"]
    search_fields = ["key", "labels__name"]
    delete_view_class = TermDeleteView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[TermForm]:
        """The form with a label for each language."""
        return TermForm


class OutgoingMailViewSet(ModelViewSet):
    """The mail queue: e-mails that wait, were sent or have failed."""

    model = OutgoingMail
    icon = "mail"
    menu_label = _("Outgoing mails")
    list_display = ["recipient", "subject", "created_at", "sent_at", "attempts", "last_error"]
    ordering = ["-created_at"]
    form_fields = ["recipient", "subject"]
    copy_view_enabled = False


class PeriodicRunViewSet(ModelViewSet):
    """When periodic work ran, and how it ended."""

    model = PeriodicRun
    icon = "rotate"
    menu_label = _("Periodic work")
    list_display = [
        TitleColumn("name", label=_("name"), accessor=lambda run: label_of(run.name)),
        "started_at",
        "finished_at",
        Column("state", label=_("state")),
        "outcome",
        "died_at",
    ]
    form_fields = ["name"]
    copy_view_enabled = False


class OperationGroup(ModelViewSetGroup):
    """One menu entry for what keeps the site running."""

    menu_label = _("Operation")
    menu_icon = "cogs"
    menu_order = 900
    items = (
        TermViewSet("terms", url_prefix="begriffe"),
        OutgoingMailViewSet("outgoing_mails", url_prefix="mails"),
        PeriodicRunViewSet("periodic_work", url_prefix="arbeiten"),
    )


@hooks.register("construct_homepage_panels", order=1000)
def arrange_start_page(request: SignedInRequest, panels: list[Component]) -> None:
    """Make one board of the sections of all rooms, in place of Wagtail's panels."""
    stock = "wagtail.admin.views.home"
    own = [panel for panel in panels if type(panel).__module__ != stock]
    own += [FailedMails(request.user), FailedWork(request.user)]
    panels[:] = [Board(request, own)]


@hooks.register("construct_homepage_summary_items", order=1000)
def count_nothing(request: HttpRequest, items: list[Component]) -> None:
    """The start page counts no pages and pictures: nobody has to do anything about them."""
    items.clear()


hooks.register("register_account_settings_panel", DigestPanel)


@hooks.register("insert_global_admin_css")
def add_dashboard_style() -> SafeString:
    """The start page, its welcome and the handbook."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-dashboard.css"))


@hooks.register("construct_explorer_page_queryset")
def know_that_nothing_is_private(
    parent: Page, pages: QuerySet[Page], request: HttpRequest
) -> QuerySet[Page]:
    """Page-level privacy is not used: Wagtail need not look for it."""
    vars(request)["all_page_view_restriction_paths"] = ()
    return pages


@hooks.register("register_admin_viewset")
def register_operation() -> OperationGroup:
    """Add the group to the menu."""
    return OperationGroup()


@hooks.register("insert_global_admin_js")
def keep_typed_dates() -> SafeString:
    """Load what keeps Wagtail's date picker from replacing what was typed."""
    return format_html('<script src="{}"></script>', static("js/admin-dates.js"))


@hooks.register("insert_global_admin_js")
def keep_what_is_pasted() -> SafeString:
    """Load what prepares pasted text for Wagtail's editor, and says what it leaves out."""
    said = {
        "tableBlock": _("A table became the block “Table” below: give it a title."),
        "headingBlock": _("Headings became blocks of their own below."),
        "tables": _(
            "A table became lines of text. Pasted at the end of a text, it becomes a block."
        ),
        "headings": _(
            "Headings became text. Pasted at the end of a text, they become blocks of their own."
        ),
        "pictures": _("Pictures were left out: insert the block “Picture”."),
    }
    return format_html(
        '<script src="{}" data-said="{}"></script>',
        static("js/admin-paste.js"),
        json.dumps({key: str(text) for key, text in said.items()}),
    )


@hooks.register("insert_global_admin_css")
def add_crop_style() -> SafeString:
    """The part of a picture that is seen at the top of a page."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-pictures.css"))


@hooks.register("insert_global_admin_js")
def ask_for_the_crop() -> SafeString:
    """Load what asks for the part of a portrait where one is uploaded."""
    return format_html(
        '<script src="{}" data-ask="{}" data-higher="{}" data-lower="{}"></script>',
        static("js/admin-pictures.js"),
        _("A portrait: only this part is seen at the top of a page. Is the head in it?"),
        pgettext("part of a picture", "Higher"),
        pgettext("part of a picture", "Lower"),
    )


@hooks.register("insert_editor_js")
def help_while_writing() -> SafeString:
    """Load what counts letters, waits for the editor's own saving, and says when it fails."""
    return format_html(
        '<script src="{}" data-offline="{}" data-left="{}" data-too-many="{}"></script>',
        static("js/admin-editor.js"),
        _("No connection. Your text is still here and is saved as soon as there is one."),
        # The script puts the number in the place of the sign.
        _("# characters left."),
        _("# characters too many."),
    )


hooks.register("before_edit_page", refuse_newer_revision)


@hooks.register("construct_wagtail_userbar")
def choose_content_checks(request: HttpRequest, items: list[object], page: object) -> None:
    """Our choice of rules for what editors see beside the preview."""
    items[:] = [
        EditorChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]

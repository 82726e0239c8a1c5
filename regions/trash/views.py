"""The trash in the admin: what was deleted, and one click that brings it back."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms.accounts.requests import SignedInRequest
from cms.editing.titled_view import TitledView
from cms.models import User
from regions.access import own_house_paths
from regions.isolation import guard
from regions.isolation.reach import has_national_scope
from regions.models import DeletedPage
from regions.trash.storing import RESTORED_ACTION, restore

ROWS = 50
ICON = "bin"


@guard
def deleted_pages_for(user: User) -> QuerySet[DeletedPage]:
    """What ``user`` sees in the trash: of the own open houses, or everything at the desk."""
    if not user.is_active:
        return DeletedPage.objects.none()
    if has_national_scope(user):
        return DeletedPage.objects.all()
    reach = Q(region__house_pages__path__in=own_house_paths(user))
    return DeletedPage.objects.filter(reach).distinct()


class TrashView(TitledView, View):
    """The deleted pages within a person's reach, the last deleted first."""

    request: SignedInRequest

    template_name = "admin/trash.html"
    page_title = gettext_lazy("Trash")
    header_icon = ICON

    def get(self, request: HttpRequest) -> HttpResponse:
        """List what the person may bring back."""
        rows = deleted_pages_for(self.request.user).select_related("region", "user")
        page = Paginator(rows, ROWS).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(rows=page))


@require_POST
def restore_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring one back; another house's answers 404."""
    row = get_object_or_404(deleted_pages_for(request.user), pk=pk)
    try:
        page = restore(row, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("trash")
    text = _("“%(title)s” is back, as a draft.") % {"title": page.get_admin_display_title()}
    messages.success(request, text)
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def register_log(actions: LogActionRegistry) -> None:
    """How the history names that a page came back."""

    @actions.register_action(RESTORED_ACTION)
    class Restored(LogFormatter):
        label = gettext_lazy("Restore")
        message = gettext_lazy("Restored from the trash")


MENU_ITEM = MenuItem(
    gettext_lazy("Trash"), reverse_lazy("trash"), name="trash", icon_name=ICON, order=960
)

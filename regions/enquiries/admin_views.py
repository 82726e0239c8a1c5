"""Enquiries in the admin: a list, and one page to work on each."""

import uuid

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from django_stubs_ext import StrOrPromise
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from cms.accounts.requests import SignedInRequest
from cms.repeated_forms import earlier_answer, known_answer, remember_answer
from regions.access import is_administrator
from regions.enquiries.access import enquiries_for, history_for, works_on_enquiries
from regions.enquiries.admin_forms import FORMS, WorkForm
from regions.models import Enquiry
from regions.models.enquiry import Status

ICON = "mail"


class EnquiryMenuItem(MenuItem):
    """Shown to people who work for a house or the national desk."""

    def is_shown(self, request: SignedInRequest) -> bool:
        """Whether this person can have enquiries."""
        return works_on_enquiries(request.user)


class EnquiryFilterSet(WagtailFilterSet):
    """Narrows the list down by status."""

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Status.choices, empty_label=_("All")
    )

    class Meta:
        model = Enquiry
        fields = ["status"]


class EnquiryList(BaseListingView):
    """The enquiries within a person's reach, newest first."""

    request: SignedInRequest

    model = Enquiry
    page_title = _("Enquiries")
    header_icon = ICON
    index_url_name = "enquiries"
    index_results_url_name = "enquiry_results"
    verbose_name_plural = _("enquiries")
    default_ordering = "-created_at"
    filterset_class = EnquiryFilterSet
    is_searchable = False
    paginate_by = 30

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Only for people who can have enquiries."""
        if not works_on_enquiries(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Who, about what, where it stands; administrators see whose it is."""
        columns: list[BaseColumn] = [
            TitleColumn(
                "sender", label=_("From"), get_url=lambda enquiry: enquiry.admin_url, width="30%"
            ),
            Column("subject_title", label=_("About")),
            Column("owner", label=_("Looked after by"), accessor=owner_name),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                primary=lambda enquiry: enquiry.status == Status.NEW,
                sort_key="status",
            ),
            DateColumn("created_at", label=_("Received"), sort_key="created_at"),
        ]
        if is_administrator(self.request.user):
            columns.insert(1, Column("region", label=_("House"), accessor=house_name))
        return columns

    def get_base_queryset(self) -> QuerySet[Enquiry]:
        return enquiries_for(self.request.user).select_related("region", "owner")


def owner_name(enquiry: Enquiry) -> str:
    """Who looks after it, if anybody does."""
    return enquiry.owner.get_full_name() if enquiry.owner else "–"


def house_name(enquiry: Enquiry) -> StrOrPromise:
    """The house the enquiry went to, or the national desk."""
    return enquiry.region.name if enquiry.region else _("National desk")


class EnquiryDetail(WagtailAdminTemplateMixin, View):
    """The message, its history, and what can be done with it."""

    request: SignedInRequest

    template_name = "admin/enquiry.html"
    page_title = _("Enquiry")
    header_icon = ICON

    def get(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """Show the enquiry; one of another house answers 404."""
        enquiries = enquiries_for(self.request.user).select_related(
            "region", "owner", "subject_page", "network"
        )
        return self._show(get_object_or_404(enquiries, uuid=key))

    def post(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """Do what was chosen; with a mistake everything typed is shown again."""
        form_class = FORMS.get(request.POST.get("action", ""))
        if form_class is None:
            raise Http404
        # Two colleagues at once act one after the other.
        waiting = enquiries_for(self.request.user).select_for_update(of=("self",))
        enquiry = waiting.filter(uuid=key).first()
        form = form_class(enquiry, self.request.user, request.POST) if enquiry else None
        if form and enquiry and self._perform(form):
            answer = self._after(form, enquiry)
            remember_answer(request, answer)
        elif not (form_class.leaves and (answer := known_answer(request))):
            # Unless the same form has handed it over a moment ago.
            if form is None or enquiry is None:
                raise Http404
            messages.error(request, _("Not saved. Please look at what is marked below."))
            return self._show(enquiry, form)
        messages.success(request, form_class.done)
        return redirect(answer)

    def _after(self, form: WorkForm, enquiry: Enquiry) -> str:
        """Where a step leads: to the list if the enquiry is out of reach now."""
        if form.leaves and not enquiries_for(self.request.user).filter(pk=enquiry.pk).exists():
            return reverse("enquiries")
        return enquiry.admin_url

    def _perform(self, form: WorkForm) -> bool:
        """Carry out what was chosen; what must not happen is said at the form."""
        try:
            if form.is_valid() and not (form.adds and earlier_answer(self.request)):
                form.perform()
        except ValidationError as error:
            form.add_error(None, error.messages)
        return not form.errors

    def _show(self, enquiry: Enquiry, wrong: WorkForm | None = None) -> HttpResponse:
        forms = [
            wrong if isinstance(wrong, form_class) else form_class(enquiry, self.request.user)
            for form_class in FORMS.values()
        ]
        context = self.get_context_data(
            enquiry=enquiry,
            history=history_for(self.request.user, enquiry),
            forms=[form for form in forms if form is wrong or form.is_offered],
            network=getattr(enquiry, "network", None),
            wrong=wrong,
        )
        return self.render_to_response(context, status=422 if wrong else 200)

    def get_breadcrumbs_items(self) -> list[dict[str, StrOrPromise]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("enquiries"), "label": _("Enquiries")},
            {"url": "", "label": _("Enquiry")},
        ]


MENU_ITEM = EnquiryMenuItem(
    _("Enquiries"), reverse_lazy("enquiries"), name="enquiries", icon_name=ICON, order=150
)

"""*People* in the admin: who works for a house, who was invited, what is open."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from django_stubs_ext import StrOrPromise
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from cms.accounts.mfa_reset import may_reset
from cms.accounts.requests import SignedInRequest
from cms.models import User
from regions.access import is_administrator, leads_a_house
from regions.models import Invitation, Region, Role
from regions.people.absences import absences_of
from regions.people.access import (
    houses_led,
    leads_among,
    manageable,
    members,
    own_accounts,
    role_of,
)
from regions.people.admin_forms import FORMS, InviteForm, PersonForm, bring_back
from regions.people.invitations import State, send_again, state_of, withdraw
from regions.people.responsibilities import open_work, registered

ICON = "group"
STATE_LABELS = {
    State.OPEN: _("Waiting"),
    State.EXPIRED: _("Expired"),
    State.VOID: _("No longer valid"),
}
REFUSED = 422


@dataclass(frozen=True)
class Row:
    """A person as the list shows him or her.

    Args:
        user: the account.
        role: the role in this house, in words.
        open_work: the assigned work, in words.
        url: where to change something; empty where nothing can be changed here.
        absence: that the person is away, and until when.
    """

    user: User
    role: StrOrPromise
    open_work: str
    url: str
    absence: str


class PeopleMenuItem(MenuItem):
    """Shown to leads of an active house and to administrators."""

    def is_shown(self, request: SignedInRequest) -> bool:
        """Whether this person looks after a house's people."""
        return is_administrator(request.user) or leads_a_house(request.user, open_only=True)


MENU_ITEM = PeopleMenuItem(
    _("People"), reverse_lazy("people_houses"), name="people", icon_name=ICON, order=160
)


class HouseList(BaseListingView):
    """For administrators and leads of several houses: whose people to look at."""

    request: SignedInRequest

    model = Region
    page_title = _("People")
    header_icon = ICON
    index_url_name = "people_houses"
    index_results_url_name = "people_house_results"
    verbose_name_plural = _("houses")
    default_ordering = "name"
    is_searchable = False
    paginate_by = 30
    columns = [
        TitleColumn(
            "name",
            label=_("House"),
            get_url=lambda region: reverse("people", args=[region.slug]),
            sort_key="name",
        ),
        Column("leads", label=_("Active leads")),
        Column("editors", label=_("Active editors")),
    ]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Lead on where there is only one house."""
        houses = list(houses_led(self.request.user)[:2])
        if not houses and not is_administrator(self.request.user):
            raise PermissionDenied
        if len(houses) == 1:
            return redirect("people", houses[0].slug)
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Region]:
        """The houses within reach, with the number of their people."""
        return houses_led(self.request.user).annotate(
            leads=_active("leads_group"), editors=_active("editors_group")
        )


def _active(group: str) -> Count:
    users = f"{group}__user"
    return Count(users, filter=Q(**{f"{users}__is_active": True}), distinct=True)


class PeopleView(WagtailAdminTemplateMixin, View):
    """What the views of one house have in common: only its leads and administrators get in."""

    request: SignedInRequest

    page_title = _("People")
    header_icon = ICON

    @cached_property
    def region(self) -> Region:
        """The house; for everybody else it does not exist."""
        houses = houses_led(self.request.user).select_related("editors_group", "leads_group")
        return get_object_or_404(houses, slug=self.kwargs["slug"])

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Refuse before anything is read or written."""
        _ = self.region
        return super().dispatch(request, *args, **kwargs)

    @property
    def here(self) -> str:
        """Address of the list of people of the house."""
        return reverse("people", args=[self.region.slug])

    def get_breadcrumbs_items(self) -> list[dict[str, StrOrPromise]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.here, "label": f"{PeopleView.page_title}: {self.region.name}"},
            *([] if type(self) is PeopleOfHouse else [{"url": "", "label": self.get_page_title()}]),
        ]

    def done(self, text: StrOrPromise) -> HttpResponse:
        """Show ``text`` as a success message on the list of people."""
        messages.success(self.request, text)
        return redirect(self.here)

    def attempt(self, action: Callable[[], None]) -> list[str]:
        """Do it, or say why it must not happen."""
        try:
            action()
        except ValidationError as error:
            return error.messages
        return []


class PeopleOfHouse(PeopleView):
    """Who works here, who is invited, who has left."""

    template_name = "admin/people.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """List the members, former members and open invitations of the house."""
        everybody = list(members(self.region).order_by("last_name", "first_name", "email"))
        active = [user for user in everybody if user.is_active]
        back = set(own_accounts(self.region).values_list("pk", flat=True))
        context = self.get_context_data(
            region=self.region,
            rows=self._rows(active),
            former=[user for user in everybody if not user.is_active and user.pk in back],
            invitations=self._invitations(),
        )
        return self.render_to_response(context)

    def _rows(self, users: list[User]) -> list[Row]:
        leads, work = leads_among(self.region, users), open_work(self.region)
        away = absences_of(members(self.region))
        phrases = {absence.user_id: absence.phrase for absence in away}
        return [
            Row(
                user,
                Role.LEAD.label if user.pk in leads else Role.EDITOR.label,
                ", ".join(work.get(user.pk, [])) or "–",
                "" if user.is_superuser else reverse("person", args=[self.region.slug, user.pk]),
                phrases.get(user.pk, ""),
            )
            for user in users
        ]

    def _invitations(self) -> list[tuple[Invitation, object]]:
        waiting = self.region.invitations.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True
        ).select_related("invited_by", "region")
        return [(invitation, STATE_LABELS[state_of(invitation)]) for invitation in waiting]


class InviteView(PeopleView):
    """Invite a person into the house by e-mail, with the role they will have."""

    template_name = "admin/people_invite.html"
    page_title = _("Invite a person")

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        role = request.GET.get("role", "")
        return self._show(InviteForm(self.region, self.request.user, role=role))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Invite, or show what is wrong with everything typed."""
        form = InviteForm(self.region, self.request.user, request.POST)
        if form.is_valid():
            for message in self.attempt(form.perform):
                form.add_error("email", message)
        if form.errors:
            return self._show(form, REFUSED)
        return self.done(
            _(
                "The invitation is on its way and valid for seven days. If the person already has "
                "an account somewhere else, an administrator gets in touch."
            )
        )

    def _show(self, form: InviteForm, status: int = 200) -> HttpResponse:
        context = self.get_context_data(region=self.region, form=form, here=self.here)
        return self.render_to_response(context, status=status)


class InvitationView(PeopleView):
    """Send an invitation again, or withdraw it."""

    actions = {
        "send_again": (send_again, _("A new invitation is on its way. The link before is void.")),
        "withdraw": (withdraw, _("The invitation has been withdrawn. Its link is void.")),
    }
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
        """Do what was chosen; only with invitations of this house."""
        invitation = get_object_or_404(self.region.invitations.select_related("region"), uuid=key)
        if request.POST.get("action") not in self.actions:
            raise Http404
        function, text = self.actions[request.POST["action"]]
        if wrong := self.attempt(lambda: function(invitation, self.request.user)):
            messages.error(request, " ".join(wrong))
            return redirect(self.here)
        return self.done(text)


class BringBackView(PeopleView):
    """Invite a former person of the house again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, user_id: int) -> HttpResponse:
        """Only inactive accounts that belong to this house and nothing else."""
        former = own_accounts(self.region).filter(is_active=False)
        person = get_object_or_404(former, pk=user_id)
        if wrong := self.attempt(lambda: bring_back(self.region, person, self.request.user)):
            messages.error(request, " ".join(wrong))
            return redirect(self.here)
        return self.done(_("The invitation is on its way and valid for seven days."))


class PersonView(PeopleView):
    """One person: the role, what is open, and leaving."""

    request: SignedInRequest

    template_name = "admin/person.html"

    def get_page_title(self) -> str:
        return self.person.get_full_name()

    @cached_property
    def person(self) -> User:
        """An active member of this house; nobody else has a page here."""
        return get_object_or_404(manageable(self.region), pk=self.kwargs["user_id"])

    def get(self, request: HttpRequest, slug: str, user_id: int) -> HttpResponse:
        """Show the person, with the forms the signed-in person may use."""
        return self._show()

    def post(self, request: HttpRequest, slug: str, user_id: int) -> HttpResponse:
        """Do what was chosen; with a mistake say what is wrong."""
        form_class = FORMS.get(request.POST.get("action", ""))
        if form_class is None:
            raise Http404
        form = form_class(self.region, self.person, self.request.user, request.POST)
        if form.is_valid():
            for message in self.attempt(form.perform):
                form.add_error(None, message)
        if form.errors:
            return self._show(form)
        return self.done(form.done)

    def _show(self, wrong: PersonForm | None = None) -> HttpResponse:
        region, person = self.region, self.person
        forms = [
            wrong if isinstance(wrong, kind) else kind(region, person, self.request.user)
            for kind in FORMS.values()
        ]
        items = {
            str(responsibility.heading): responsibility.items(region, person)
            for responsibility in registered()
        }
        context = self.get_context_data(
            region=region,
            person=person,
            role=Role(role_of(person, region)).label,
            is_self=person.pk == self.request.user.pk,
            may_reset_factor=may_reset(self.request.user, person),
            items={heading: found for heading, found in items.items() if found},
            forms=forms,
        )
        return self.render_to_response(context, status=REFUSED if wrong else 200)

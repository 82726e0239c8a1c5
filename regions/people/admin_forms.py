"""What a lead fills in to invite, re-role and see off people."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.accounts.person_field import PersonField, offer_people
from cms.editing.action_forms import ActionForm
from cms.models import User
from regions.access import leads_of
from regions.models import Region, Role
from regions.people.access import active_members, role_of
from regions.people.invitations import invite
from regions.people.leaving import leave
from regions.people.roles import change_role

ROLE_HELP = _("Editors write. Leads also review and look after the people of the house.")


class InviteForm(forms.Form):
    """Whom to invite, and as what.

    Args:
        region: the house.
        actor: who invites.
        role: whom the link asks to invite; empty where it says nothing.
    """

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The address of this one person, not of an office."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role, help_text=ROLE_HELP)

    def __init__(
        self, region: Region, actor: User, data: QueryDict | None = None, *, role: str = ""
    ) -> None:
        self.region, self.actor = region, actor
        if role not in Role.values:
            # A house begins with its lead.
            role = Role.EDITOR if leads_of(region).exists() else Role.LEAD
        super().__init__(data, initial={"role": role})

    def perform(self) -> None:
        """Invite.

        Raises:
            ValidationError: if the house knows the person already.
        """
        invite(self.region, self.actor, **self.cleaned_data)


class PersonForm(ActionForm):
    """A step with somebody of the house; remembers what was on the screen.

    Args:
        region: the house.
        person: a member of it.
        actor: who does it.
    """

    expected_role = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, region: Region, person: User, actor: User, data: QueryDict | None = None
    ) -> None:
        self.region, self.person, self.actor = region, person, actor
        super().__init__(data)
        self.fields["expected_role"].initial = role_of(person, region)


class RoleForm(PersonForm):
    """Give another role in the same house."""

    action = "role"
    title = _("Change role")
    button = _("Save role")
    done = _("The role has been saved. The person has been told.")

    role = forms.ChoiceField(label=_("Role"), choices=Role, help_text=ROLE_HELP)

    def __init__(
        self, region: Region, person: User, actor: User, data: QueryDict | None = None
    ) -> None:
        super().__init__(region, person, actor, data)
        self.fields["role"].initial = self.fields["expected_role"].initial

    def perform(self) -> None:
        data = self.cleaned_data
        change_role(self.region, self.person, self.actor, data["role"], data["expected_role"])


class LeaveForm(PersonForm):
    """End the work for the house, and hand over what is open."""

    action = "leave"
    is_serious = True
    title = _("End the work for this house")
    button = _("End the work now")
    done = _(
        "Done. Open work has been handed over. Who works for no other house is signed out "
        "everywhere and cannot sign in any more."
    )

    successor = PersonField(
        label=_("Who goes on with open work?"),
        required=False,
        empty_label=_("The leads of the house"),
        help_text=_("Drafts, submissions and enquiries pass on. The successor gets a mail."),
    )

    def __init__(
        self, region: Region, person: User, actor: User, data: QueryDict | None = None
    ) -> None:
        super().__init__(region, person, actor, data)
        colleagues = active_members(self.region).exclude(pk=self.person.pk)
        offer_people(self, "successor", colleagues.order_by("last_name", "first_name"))

    def perform(self) -> None:
        """Hand over and deactivate the account."""
        data = self.cleaned_data
        leave(
            self.region,
            self.person,
            self.actor,
            expected_role=data["expected_role"],
            successor=data["successor"],
        )


FORMS: dict[str, type[PersonForm]] = {form.action: form for form in (RoleForm, LeaveForm)}


def bring_back(region: Region, person: User, actor: User) -> None:
    """Invite a former person of the house again, in the role he or she had.

    Raises:
        ValidationError: if an invitation is waiting already.
    """
    invite(
        region,
        actor,
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        role=role_of(person, region),
    )

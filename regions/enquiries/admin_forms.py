"""What one can do with an enquiry in the admin, one small form each."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from cms.editing.action_forms import ActionForm
from cms.models import User
from regions.enquiries import actions
from regions.enquiries.networks import is_taken_over, take_over_network
from regions.models import Enquiry, Region
from regions.models.enquiry import Status

NATIONAL = "national"


class WorkForm(ActionForm):
    """A step in the work on an enquiry.

    Args:
        enquiry: the enquiry, within the user's reach.
        user: who works on it.

    Attributes:
        adds: whether it adds something each time: sent twice at once, it does so once.
        leaves: whether the enquiry may be out of reach afterwards.
    """

    adds = False
    leaves = False

    @property
    def is_offered(self) -> bool:
        """Whether the step makes sense now."""
        return True

    def __init__(self, enquiry: Enquiry, user: User, data: QueryDict | None = None) -> None:
        self.enquiry, self.user = enquiry, user
        super().__init__(data)


class TakeOverForm(WorkForm):
    """Look after the enquiry; a colleague who was quicker is not overruled unseen."""

    action = "take"
    title = _("Take over")
    button = _("Take over")
    done = _("You are looking after this enquiry now.")

    @property
    def is_offered(self) -> bool:
        """Nobody needs to take over what is already his."""
        return self.enquiry.owner_id != self.user.pk

    seen_owner = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, enquiry: Enquiry, user: User, data: QueryDict | None = None) -> None:
        super().__init__(enquiry, user, data)
        self.fields["seen_owner"].initial = self.enquiry.owner_id or ""

    def clean(self) -> dict[str, object]:
        """Refuse where somebody has taken the enquiry since the page was shown."""
        cleaned = super().clean() or {}
        if cleaned.get("seen_owner", "") != str(self.enquiry.owner_id or ""):
            raise forms.ValidationError(
                _("%(name)s has taken this enquiry over in the meantime."),
                params={"name": self.enquiry.owner},
            )
        return cleaned

    def perform(self) -> None:
        actions.take_over(self.enquiry, self.user)


class TakeOverNetworkForm(WorkForm):
    """Put a proposed network into the draft of the house's page."""

    action = "network"
    title = _("Take over the network")
    button = _("Take over into the networks")
    done = _("The network is in the draft of your house's page. Submit that for review.")

    @property
    def is_offered(self) -> bool:
        """Only to a house, and only what is not among its networks."""
        proposal = getattr(self.enquiry, "network", None)
        return bool(proposal and self.enquiry.region_id and not is_taken_over(proposal))

    def clean(self) -> dict[str, object]:
        """Refuse where a colleague was quicker."""
        cleaned = super().clean() or {}
        if not self.is_offered:
            raise forms.ValidationError(_("This network has been taken over in the meantime."))
        return cleaned

    def perform(self) -> None:
        take_over_network(self.enquiry.network, self.user)


class AnswerForm(WorkForm):
    """Answer the sender of an enquiry by e-mail."""

    action = "answer"
    title = _("Answer by e-mail")
    button = _("Send answer")
    done = _("Your answer is on its way.")
    adds = True

    text = forms.CharField(
        label=_("Your answer"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("With salutation and your name. The contact of your house is added."),
    )

    def perform(self) -> None:
        actions.answer(self.enquiry, self.user, self.cleaned_data["text"])


class StatusForm(WorkForm):
    """Change the status of an enquiry."""

    action = "status"
    title = _("Change status")
    button = _("Save status")
    done = _("The status has been saved.")

    status = forms.ChoiceField(
        label=_("Status"),
        choices=Status,
        help_text=_("Answered and closed enquiries are deleted after 12 months."),
    )

    def __init__(self, enquiry: Enquiry, user: User, data: QueryDict | None = None) -> None:
        super().__init__(enquiry, user, data)
        self.fields["status"].initial = self.enquiry.status

    def perform(self) -> None:
        actions.set_status(self.enquiry, self.user, self.cleaned_data["status"])


class NoteForm(WorkForm):
    """Keep a note for the own house."""

    action = "note"
    title = _("Add a note")
    button = _("Save note")
    done = _("The note has been saved.")
    adds = True

    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only your house reads it."),
    )

    def perform(self) -> None:
        actions.add_note(self.enquiry, self.user, self.cleaned_data["note"])


class HandOverForm(WorkForm):
    """Give the enquiry to another house or to the national desk."""

    action = "hand_over"
    title = _("Hand over")
    button = _("Hand over")
    done = _("The enquiry has been handed over. You cannot see it any more.")
    leaves = True

    target = forms.ChoiceField(
        label=_("To"), help_text=_("Only houses whose page is public are offered.")
    )
    agreed = forms.BooleanField(
        label=_("The sender has agreed to it."),
        error_messages={"required": _("Ask first: without an agreement it stays with you.")},
    )
    agreement = forms.CharField(
        label=_("When and how did the sender agree?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example “by telephone on 3 May”. The new house reads this too."),
    )

    def __init__(self, enquiry: Enquiry, user: User, data: QueryDict | None = None) -> None:
        super().__init__(enquiry, user, data)
        regions = Region.objects.with_public_house().exclude(pk=self.enquiry.region_id or 0)
        choices: list[tuple[str, StrOrPromise]] = [("", _("Please choose"))]
        if self.enquiry.region_id is not None:
            choices.append((NATIONAL, _("National desk")))
        choices += [(str(pk), name) for pk, name in regions.values_list("pk", "name")]
        target = self.fields["target"]
        if isinstance(target, forms.ChoiceField):
            target.choices = choices

    def perform(self) -> None:
        chosen = self.cleaned_data["target"]
        target = None if chosen == NATIONAL else Region.objects.get(pk=chosen)
        actions.hand_over(self.enquiry, self.user, target, self.cleaned_data["agreement"])


FORMS: dict[str, type[WorkForm]] = {
    form.action: form
    for form in (TakeOverForm, TakeOverNetworkForm, AnswerForm, StatusForm, NoteForm, HandOverForm)
}

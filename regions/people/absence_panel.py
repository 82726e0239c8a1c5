"""Stating an absence in the own account."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.admin.widgets import AdminDateInput

from cms.accounts.person_field import PersonField, offer_people
from cms.models import User
from regions.access import works_for_a_house
from regions.models import Absence
from regions.people import absences

#: Longer is a slip of the keyboard.
AT_MOST = datetime.timedelta(days=366)


class AbsenceForm(forms.ModelForm[User]):
    """From when to when, and who stands in; empty is no absence."""

    starts_on = forms.DateField(
        label=gettext_lazy("First day of absence"), required=False, widget=AdminDateInput
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day of absence"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy(
            "Meanwhile nobody waits for you: reviews and reminders go to your colleagues, and what "
            "you have taken on passes on. Clear both days if you are back. Deleted when it is over."
        ),
    )
    deputy = PersonField(
        label=gettext_lazy("Deputy"),
        required=False,
        empty_label=gettext_lazy("Nobody in particular"),
        error_messages={
            "invalid_choice": gettext_lazy(
                "This person cannot stand in for you (any more): they have left, or have another "
                "role. Please choose somebody else."
            )
        },
        help_text=gettext_lazy("Is told by e-mail. Nobody can approve a text of their own."),
    )

    class Meta:
        model = User
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, "deputy", absences.possible_deputies(self.instance))
        stated = Absence.objects.filter(
            user=self.instance, ends_on__gte=timezone.localdate()
        ).first()
        if stated:
            self.initial["starts_on"], self.initial["ends_on"] = stated.starts_on, stated.ends_on
            self.initial["deputy"] = stated.deputy_id

    def clean(self) -> dict[str, object]:
        """Refuse days that make no absence, and a deputy who is away too."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"starts_on", "ends_on"} & set(self.errors):
            self._check_days(cleaned.get("starts_on"), cleaned.get("ends_on"))
        if not self.errors and cleaned.get("deputy"):
            self._check_deputy(cleaned["deputy"])
        return cleaned

    def _check_days(self, first: datetime.date | None, last: datetime.date | None) -> None:
        if first is None and last is None:
            if self.cleaned_data.get("deputy"):
                self.add_error("starts_on", _("Please say from when to when you are away."))
        elif first is None:
            self.add_error("starts_on", _("Please say when your absence begins."))
        elif last is None:
            self.add_error("ends_on", _("Please say when your absence ends."))
        elif last < first:
            self.add_error("ends_on", _("The last day is before the first one."))
        elif last < timezone.localdate():
            self.add_error("ends_on", _("This absence is over already."))
        elif last - first > AT_MOST:
            self.add_error("ends_on", _("An absence lasts a year at most."))

    def _check_deputy(self, deputy: User) -> None:
        first, last = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        if Absence.objects.overlapping(first, last).filter(user=deputy).exists():
            name = {"name": deputy.get_full_name()}
            text = _("%(name)s is away in that time too. Please choose somebody else.")
            self.add_error("deputy", text % name)

    def save(self, commit: bool = True) -> User:
        """Keep the absence, or forget it; the account itself does not change."""
        first, last = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        if first is None:
            absences.end(self.instance)
        else:
            absences.state(self.instance, first, last, self.cleaned_data["deputy"])
        return self.instance


class AbsencePanel(BaseSettingsPanel):
    """The form in Wagtail's page of the own account, for who works for a house or the desk."""

    name = "absence"
    title = gettext_lazy("Absence")  # type: ignore[assignment]  # as Wagtail's own
    order = 150
    form_class: type[AbsenceForm] = AbsenceForm  # type: ignore[assignment]  # None in Wagtail's

    def is_active(self) -> bool:
        """Whether anything can wait for the person."""
        return works_for_a_house(self.user) or absences.is_in_desk(self.user)

"""Forms of a reviewer: asking for changes, handing a review on."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts.person_field import PersonField, offer_people
from cms.models import User


class RequestChangesForm(forms.Form):
    """Why a page goes back: the author must be able to act on it."""

    comment = forms.CharField(
        label=gettext_lazy("What should be changed"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Please say what should be changed.")},
        help_text=gettext_lazy("The person who submitted the page gets this by e-mail."),
    )


class ColleagueField(PersonField):
    """A choice of people, of whom one may be the deputy."""

    def label_from_instance(self, obj: User) -> str:
        """The full name, and whether it is the deputy."""
        name = super().label_from_instance(obj)
        is_deputy = getattr(obj, "is_deputy", False)
        return _("%(name)s (your deputy)") % {"name": name} if is_deputy else name


class PassOnForm(forms.Form):
    """To whom a review is handed, and a word about it."""

    successor = ColleagueField(label=gettext_lazy("Who should review it"), empty_label=None)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Optional; it is sent with the mail."),
    )

    def __init__(self, data: QueryDict | None = None, *, colleagues: QuerySet[User]) -> None:
        super().__init__(data)
        offer_people(self, "successor", colleagues)

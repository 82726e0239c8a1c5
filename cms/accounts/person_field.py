"""Choosing a person in a form."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cms.models import User


class PersonField(forms.ModelChoiceField[User]):
    """A choice of people by their names: their addresses stay out of sight.

    Nobody can be chosen until a form says who, see :func:`offer_people`.
    """

    def __init__(self, queryset: QuerySet[User] | None = None, **kwargs: Any) -> None:
        super().__init__(User.objects.none() if queryset is None else queryset, **kwargs)

    def label_from_instance(self, obj: User) -> str:
        """By the full name, not by the address."""
        return obj.get_full_name()


def offer_people(form: forms.BaseForm, name: str, people: QuerySet[User]) -> None:
    """Let ``people`` be chosen in the :class:`PersonField` ``name`` of ``form``."""
    field = form.fields[name]
    if not isinstance(field, PersonField):
        raise TypeError(f"{name} is no choice of a person.")
    field.queryset = people

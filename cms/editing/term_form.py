"""The form for terms: a key and its labels in both languages."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cms.models import Term


class TermForm(forms.ModelForm[Term]):
    """A term with its labels side by side."""

    name_de = forms.CharField(label=_("German name"), max_length=80)
    other_world_de = forms.CharField(
        label=_("In the other world, German"),
        max_length=120,
        required=False,
        help_text=_("What companies call it, if associations say it differently, or vice versa."),
    )
    name_en = forms.CharField(label=_("English name"), max_length=80)
    other_world_en = forms.CharField(
        label=_("In the other world, English"), max_length=120, required=False
    )

    class Meta:
        model = Term
        fields = ("vocabulary", "key", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Facets and addresses refer to the key.
            self.fields["key"].disabled = True
            for label in self.instance.labels.all():
                self.initial[f"name_{label.language}"] = label.name
                self.initial[f"other_world_{label.language}"] = label.other_world

    @transaction.atomic
    def save(self, commit: bool = True) -> Term:
        """Save the term and its labels."""
        term = super().save()
        for language, _name in settings.LANGUAGES:
            term.labels.update_or_create(
                language=language,
                defaults={
                    "name": self.cleaned_data[f"name_{language}"],
                    "other_world": self.cleaned_data[f"other_world_{language}"],
                },
            )
        return term

"""Form for publishing without a review in an emergency."""

from django import forms

from workflows.models import EmergencyPublication


class EmergencyForm(forms.ModelForm[EmergencyPublication]):
    """Why something is published without a review."""

    class Meta:
        model = EmergencyPublication
        fields = ("reason",)
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

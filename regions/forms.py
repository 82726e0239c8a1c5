"""The form for regions: what a national administrator says; the rest is provisioned."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from cms.models import Kreis
from regions.archiving import archive
from regions.models import Region, RegionKreis
from regions.provisioning.create import provision

#: Root, home page, list of houses, house.
HOUSE_DEPTH = 4


class RegionForm(forms.ModelForm[Region]):
    """Name, place and districts; saving makes or completes the house."""

    kreise = forms.ModelMultipleChoiceField(
        queryset=Kreis.objects.all(),
        label=_("Districts"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("Hold Ctrl (Cmd on a Mac) to choose several."),
    )

    class Meta:
        model = Region
        fields = ("name", "slug", "land", "lat", "lon", "notification_email", "archived_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail's forms are not checked by the browser, whose own date picker sends nothing at
        # all where it cannot read what was typed.
        self.fields["archived_on"].widget = AdminDateInput()
        if self.instance.pk:
            self.initial["kreise"] = list(self.instance.kreise.values_list("pk", flat=True))

    def clean_slug(self) -> str:
        """Refuse an address that another page below ``/haeuser/`` has."""
        slug = self.cleaned_data["slug"]
        pages = Page.objects.filter(slug=slug, depth=HOUSE_DEPTH, locale__language_code="de")
        if pages.exclude(housepage__region_record=self.instance.pk or 0).exists():
            raise forms.ValidationError(_("Another page already has this address."))
        return slug

    def clean(self) -> dict[str, object]:
        """Refuse districts that another active region serves, and name them."""
        cleaned = super().clean() or {}
        if cleaned.get("archived_on") or "kreise" not in cleaned:
            return cleaned
        chosen = cleaned["kreise"]
        taken = RegionKreis.objects.filter(kreis__in=chosen, active=True).exclude(
            region_id=self.instance.pk
        )
        if taken:
            names = ", ".join(
                f"{row.kreis} ({row.region})" for row in taken.select_related("kreis", "region")
            )
            self.add_error(
                "kreise",
                forms.ValidationError(
                    _("Another region already serves: %(names)s"), params={"names": names}
                ),
            )
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Region:
        """Save the region and its districts, then provision the house."""
        was_active = not self.initial.get("archived_on")
        chosen = set(self.cleaned_data["kreise"])
        if self.instance.pk:
            # Before saving: a region that opens again claims the districts it still has.
            self.instance.region_kreise.exclude(kreis__in=chosen).delete()
        region = super().save()
        for kreis in chosen:
            RegionKreis.objects.get_or_create(
                region=region, kreis=kreis, defaults={"active": not region.is_archived}
            )
        provision(region)
        if was_active and region.is_archived:
            archive(region, region.archived_on)
        return region

"""The form for regions: what a national administrator says; the rest is provisioned."""

from collections import Counter
from statistics import fmean
from typing import Any, cast

from django import forms
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models import Kreis
from cms.text import slugify
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
        help_text=_(
            "Only districts that no house serves. Hold Ctrl (Cmd on a Mac) to choose several."
        ),
    )
    #: What the districts say, if it is left empty.
    known_of_kreise = ("name", "slug", "land", "lat", "lon")

    class Meta:
        model = Region
        fields = ("name", "slug", "land", "lat", "lon", "notification_email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = RegionKreis.objects.filter(active=True).exclude(region_id=self.instance.pk)
        free = Kreis.objects.exclude(region_kreise__in=taken)
        # A city that has a house already still shares its name with the district around it.
        labels = Kreis.labels()
        choices = [(code, labels[code]) for code in free.values_list("pk", flat=True)]
        cast(forms.SelectMultiple, self.fields["kreise"].widget).choices = choices
        if self.instance.pk:
            self.initial["kreise"] = list(self.instance.kreise.values_list("pk", flat=True))
        else:
            self._ask_for_a_new_region()

    def _ask_for_a_new_region(self) -> None:
        """Ask first for what decides the rest."""
        for name in self.known_of_kreise:
            self.fields[name].required = False
            self.fields[name].help_text = _("Leave empty to take it from the district.")
        self.order_fields(["kreise", "notification_email", *self.known_of_kreise])

    def _take_from_kreise(self, cleaned: dict[str, Any]) -> None:
        """Complete what was left empty; without a district it must be typed."""
        kreise = list(cleaned["kreise"])
        empty = [name for name in self.known_of_kreise if cleaned.get(name) in (None, "")]
        if not kreise and len(empty) == len(self.known_of_kreise):
            text = _("Choose a district. Where none fits, fill in all fields further down.")
            self.add_error("kreise", text)
            return
        for name in set(empty).difference(self.errors):
            if kreise:
                cleaned[name] = _of_kreise(kreise, name)
            else:
                self.add_error(name, self.fields[name].error_messages["required"])
        if "slug" in empty and kreise:
            cleaned["slug"] = slugify(cleaned.get("name") or "")
            try:
                self._refuse_taken(cleaned["slug"])
            except forms.ValidationError as error:
                self.add_error("slug", error)

    def clean_slug(self) -> str:
        """Refuse an address that another page below ``/haeuser/`` has."""
        slug: str = self.cleaned_data["slug"]
        self._refuse_taken(slug)
        return slug

    def _refuse_taken(self, slug: str) -> None:
        pages = Page.objects.filter(slug=slug, depth=HOUSE_DEPTH, locale__language_code="de")
        if pages.exclude(housepage__region_record=self.instance.pk or 0).exists():
            raise forms.ValidationError(_("Another page already has this address."))

    def clean(self) -> dict[str, object]:
        """Refuse districts that another active region serves, and name them."""
        cleaned = super().clean() or {}
        if self.instance.is_archived or "kreise" not in cleaned:
            return cleaned
        if not self.instance.pk:
            self._take_from_kreise(cleaned)
        chosen = cleaned.get("kreise", ())
        taken = RegionKreis.objects.filter(kreis__in=chosen, active=True).exclude(
            region_id=self.instance.pk
        )
        if taken:
            labels = Kreis.labels()
            names = ", ".join(
                f"{labels[row.kreis_id]} ({row.region})" for row in taken.select_related("region")
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
        chosen = set(self.cleaned_data["kreise"])
        if self.instance.pk:
            self.instance.region_kreise.exclude(kreis__in=chosen).delete()
        region = super().save()
        for kreis in chosen:
            RegionKreis.objects.get_or_create(
                region=region, kreis=kreis, defaults={"active": not region.is_archived}
            )
        provision(region)
        return region


def _of_kreise(kreise: list[Kreis], name: str) -> object:
    """What the districts of a new region say about its ``name``, ``land``, ``lat``, or ``lon``."""
    if name in ("lat", "lon"):
        return round(fmean(getattr(kreis, name) for kreis in kreise), 4)
    if name == "land":
        return Counter(kreis.land for kreis in kreise).most_common(1)[0][0]
    # „Duisburg, Stadt“ and „Darmstadt, Wissenschaftsstadt“ are not what a house is called after.
    names = dict.fromkeys(kreis.name.partition(",")[0] for kreis in kreise)
    return get_text_list(list(names), gettext("and"))

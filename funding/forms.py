"""The admin forms of programmes, and of what houses add to them."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.editing.forms import PageForm
from cms.models import Kreis
from regions.access import HOUSE_DEPTH, region_of
from regions.models import Region


class FundingForm(PageForm):
    """Suggests where a new programme applies, and asks for similar ones while it is typed."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "area" in self.fields and not self.instance.area:
            self.initial["area"] = self._suggested_area()
        if self.parent_page:
            address = reverse("similar_programmes", args=[self.parent_page.pk])
            for name in {"title", "source_url"} & self.fields.keys():
                attributes = {"data-similar": address, "data-own": str(self.instance.pk or "")}
                self.fields[name].widget.attrs.update(attributes)

        if "varies" in self.fields and self._region is None:
            # What holds for the whole country is no local variant.
            del self.fields["varies"]
        _offer_national(self, "varies")

    @property
    def _region(self) -> Region | None:
        return region_of(self.parent_page) if self.parent_page else None

    def _suggested_area(self) -> str:
        region = self._region
        if region is None:
            return "Bund"
        districts = Kreis.objects.filter(regions=region).values_list("name", "code")
        return "\n".join(f"{name} (AGS {code})" for name, code in districts) or "Bund"


class AdditionForm(PageForm):
    """Refuses an addition to what is not national, and a second one of the same house."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _offer_national(self, "programme")

    def clean(self) -> dict[str, object] | None:
        """Look for another addition to the programme that was chosen now.

        Where two entries of the programme were merged, there may be two: both stay to be edited.
        """
        cleaned = super().clean()
        is_new = "programme" in self.changed_data
        programme = self.cleaned_data.get("programme")
        if programme and is_new and (other := self._other(programme)):
            text = _("Your house has an addition to this programme already: “%(title)s”.")
            self.add_error("programme", text % {"title": other.get_admin_display_title()})
        return cleaned

    def _other(self, programme: Page) -> Page | None:
        """Another addition of this house to the same programme."""
        if not self.parent_page:
            return None
        others = type(self.instance)._default_manager.child_of(self.parent_page)
        same = others.filter(programme__translation_key=programme.translation_key)
        found: Page | None = same.exclude(pk=self.instance.pk).first()
        return found


def _offer_national(form: PageForm, name: str) -> None:
    """Let a field take public programmes that hold for the whole country, and what it has."""
    if name not in form.fields:
        return
    field: Any = form.fields[name]
    # Programmes of the desk stand directly below their list, those of a house deeper.
    national = Q(live=True, depth__lte=HOUSE_DEPTH)
    kept = Q(pk=getattr(form.instance, f"{name}_id"))
    field.queryset = field.queryset.filter(national | kept)
    text = _("Please choose a national programme that is public.")
    field.error_messages["invalid_choice"] = text

"""The admin forms of programmes, and of what houses add to them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.editing.forms import PageForm
from cms.models import Kreis
from regions.access import region_of
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

    @property
    def _region(self) -> Region | None:
        return region_of(self.parent_page) if self.parent_page else None

    def clean(self) -> dict[str, object] | None:
        """Refuse a local variant of what is not national, or is a variant itself."""
        cleaned = super().clean()
        varies = self.cleaned_data.get("varies")
        if varies and (problem := _problem_of_national(varies)):
            self.add_error("varies", problem)
        return cleaned

    def _suggested_area(self) -> str:
        region = self._region
        if region is None:
            return "Bund"
        districts = Kreis.objects.filter(regions=region).values_list("name", "code")
        return "\n".join(f"{name} (AGS {code})" for name, code in districts) or "Bund"


class AdditionForm(PageForm):
    """Refuses an addition to what is not national, and a second one of the same house."""

    def clean(self) -> dict[str, object] | None:
        """Look at the programme that was chosen."""
        cleaned = super().clean()
        programme = self.cleaned_data.get("programme")
        if programme and (problem := _problem_of_national(programme)):
            self.add_error("programme", problem)
        elif programme and (other := self._other(programme)):
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


def _problem_of_national(programme: Page) -> str:
    """Why a programme is none that holds for the whole country; empty if it does."""
    if region_of(programme) is not None:
        return _("This is the programme of a house. Please choose a national one.")
    if not programme.live:
        return _("This programme is not public. Please choose another one.")
    return ""

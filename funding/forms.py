"""The admin form of programmes."""

from django.urls import reverse

from cms.editing.forms import PageForm
from cms.models import Kreis
from regions.access import region_of


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

    def _suggested_area(self) -> str:
        region = region_of(self.parent_page) if self.parent_page else None
        if region is None:
            return "Bund"
        districts = Kreis.objects.filter(regions=region).values_list("name", "code")
        return "\n".join(f"{name} (AGS {code})" for name, code in districts) or "Bund"

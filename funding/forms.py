"""The admin form of programmes."""

from cms.editing.forms import PageForm
from cms.models import Kreis
from regions.access import region_of


class FundingForm(PageForm):
    """Suggests where a new programme applies: the districts of the house, else everywhere."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "area" in self.fields and not self.instance.area:
            self.initial["area"] = self._suggested_area()

    def _suggested_area(self) -> str:
        region = region_of(self.parent_page) if self.parent_page else None
        if region is None:
            return "Bund"
        districts = Kreis.objects.filter(regions=region).values_list("name", "code")
        return "\n".join(f"{name} (AGS {code})" for name, code in districts) or "Bund"

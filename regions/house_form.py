"""The admin form of a house."""

from cms.editing.forms import PageForm
from regions.opening_hours import parse


class HouseForm(PageForm):
    """Refuses opening hours that cannot be meant, each line with its reason."""

    def clean_opening_hours(self) -> str:
        """The text, understood with the public holidays of the house's state.

        Raises:
            ValidationError: a line is not understood, overlaps or names no holiday of the state.
        """
        text: str = self.cleaned_data["opening_hours"]
        if "opening_hours" in self.changed_data:
            parse(text, self.instance.region_record.land)
        return text

"""The admin form of a house."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.editing.forms import PageForm
from regions.opening_hours import parse


class HouseForm(PageForm):
    """Refuses opening hours that cannot be meant, and a house behind which nobody stands."""

    def clean_contact_name(self) -> str:
        """The person who answers (F2: behind every digital offer stands a person).

        A new house stands under its own name: a draft may, what is submitted may not.

        Raises:
            ValidationError: it is the house's name, and this is no draft.
        """
        name: str = self.cleaned_data["contact_name"]
        house = str(self.cleaned_data.get("title") or self.instance.title)
        if not self.is_deferred_validation and name.strip().casefold() == house.strip().casefold():
            raise ValidationError(
                _("Please name a person: visitors should find a human being, not an office.")
            )
        return name

    def clean_opening_hours(self) -> str:
        """The text, understood with the public holidays of the house's state.

        Raises:
            ValidationError: a line is not understood, overlaps or names no holiday of the state.
        """
        text: str = self.cleaned_data["opening_hours"]
        if "opening_hours" in self.changed_data:
            parse(text, self.instance.region_record.land)
        return text

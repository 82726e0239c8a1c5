"""Who of the leads is away, by house: said where something waits for them."""

from django.db.models import F
from wagtail.models import Page

from regions.access import HOUSE_DEPTH
from regions.models import Absence


class AbsentLeads:
    """The absent leads of all houses, in one query; asked for only where rows are shown."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[str]] = {}
        path = F("user__groups__leads_of__house_pages__path")
        found = Absence.objects.current().with_deputies().annotate(house=path)
        for absence in found.exclude(house=None).order_by("user__last_name", "user"):
            self._phrases.setdefault(vars(absence)["house"], []).append(absence.named_phrase)

    def of(self, path: str) -> list[str]:
        """*Annette Leitung: absent until …*, for each of those who lead the house.

        Args:
            path: of a page of the house, or the house itself.
        """
        return self._phrases.get(path[: HOUSE_DEPTH * Page.steplen], [])

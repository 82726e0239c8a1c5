"""Translations that lag behind their original."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.dashboard.sections import Listing, Row, Section
from regions.access import is_administrator, watched_pages
from workflows.translation.coverage import stale_translations


class StaleTranslations(Section):
    """For the desk the nation's, for everybody else those of the own house."""

    name = "stale-translations"
    order = 57
    heading = gettext_lazy("Translations to update")

    def is_for_user(self) -> bool:
        return not is_administrator(self.user)

    def load(self) -> Listing:
        found = list(stale_translations().filter(watched_pages(self.user)))
        return Listing(
            [
                Row(
                    title=page.get_admin_display_title(),
                    url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
                    about=_("The original has changed"),
                    since=page.changed_at,
                )
                for page in found[self.start : self.stop]
            ],
            len(found),
        )

"""Translations that lag behind their original."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.dashboard.sections import Listing, Row, Section
from regions.access import (
    below,
    is_administrator,
    is_national_editor,
    national_pages,
    own_house_paths,
)
from workflows.translation.coverage import stale_translations


class StaleTranslations(Section):
    """For the desk the nation's, for everybody else those of the own house."""

    name = "stale-translations"
    order = 57
    heading = gettext_lazy("Translations to update")

    def is_for_user(self) -> bool:
        return not is_administrator(self.user)

    @property
    def _where(self) -> Q:
        if is_national_editor(self.user):
            return national_pages()
        return below(own_house_paths(self.user))

    def load(self) -> Listing:
        found = list(stale_translations().filter(self._where))
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

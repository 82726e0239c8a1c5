"""Public pages that somebody should read again, or that expire soon."""

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.dashboard.sections import Button, Listing, Row, Section
from regions.access import is_administrator, is_national_editor, leads_a_house, watched_pages
from workflows.freshness import AgeingPage, due_or_expiring


class ToCheck(Section):
    """For editors what they began, for leads what their house shows, for the desk the nation's."""

    name = "to-check"
    order = 55
    heading = gettext_lazy("Still right?")
    quiet = gettext_lazy("no page to check")

    def is_for_user(self) -> bool:
        return not is_administrator(self.user)

    @property
    def _where(self) -> Q:
        where = watched_pages(self.user)
        if is_national_editor(self.user) or leads_a_house(self.user, open_only=True):
            return where
        return where & Q(owner=self.user)

    def load(self) -> Listing:
        found = sorted(due_or_expiring(self._where), key=lambda page: (page.day, page.title))
        return Listing([_row(page) for page in found[self.start : self.stop]], len(found))


def _row(page: AgeingPage) -> Row:
    """What is due can be confirmed with a click; what expires needs another date or a new text."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if page.check_again_on is None:
        day = date_format(page.day)
        return Row(page.title, url, about=_("disappears from lists after %(day)s") % {"day": day})
    return Row(
        title=page.title,
        url=url,
        about=_("to be checked"),
        since=page.check_again_on,
        is_late=page.is_overdue,
        button=Button(_("Still right"), reverse("still_current", args=[page.pk])),
    )

"""People who withdrew their consent and still stand on a public page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from cms.dashboard.sections import Listing, Row, Section
from cms.models import Consent
from regions.access import is_administrator, watched_pages


class WithdrawnConsents(Section):
    """For everybody of the house, for the desk on national pages; the longest waiting first."""

    name = "withdrawn-consents"
    order = 15
    heading = pgettext_lazy("start page", "Consent withdrawn")

    def is_for_user(self) -> bool:
        return not is_administrator(self.user)

    def load(self) -> Listing:
        """One query: the pages are asked for in it, and only where there is a withdrawal."""
        public = Page.objects.filter(
            watched_pages(self.user), translation_key=OuterRef("page_key"), live=True
        )
        first = public.order_by("pk")[:1]
        withdrawn = Consent.objects.withdrawn().annotate(
            page=Subquery(first.values("pk")), title=Subquery(first.values("title"))
        )
        counted = withdrawn.filter(page__isnull=False).annotate(total=Window(Count("pk")))
        found = counted.order_by("withdrawn_on", "pk")[self.start : self.stop]
        rows = list(found.values("page", "title", "name", "withdrawn_on", "total"))
        return Listing([_row(row) for row in rows], rows[0]["total"] if rows else 0)


def _row(row: Mapping[str, Any]) -> Row:
    who = row["name"] or _("People in the pictures")
    return Row(
        title=row["title"],
        url=reverse("wagtailadmin_pages:edit", args=[row["page"]]),
        about=_("%(who)s may not stand there any more") % {"who": who},
        since=row["withdrawn_on"],
        is_late=True,
    )

"""Enquiries that wait for an answer."""

import datetime

from django.db.models import Count, F, Q, QuerySet, Window
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.dashboard.sections import Listing, Row, Section
from regions.access import is_administrator
from regions.enquiries.access import enquiries_for, works_on_enquiries
from regions.models import Enquiry
from regions.models.enquiry import Status

#: A visitor who has read nothing for so long has been forgotten.
LATE_AFTER = datetime.timedelta(days=3)


class OpenEnquiries(Section):
    """What nobody has taken, and what the person has taken and not answered; oldest first."""

    name = "enquiries"
    order = 30
    heading = gettext_lazy("Enquiries")
    quiet = gettext_lazy("no open enquiries")

    def is_for_user(self) -> bool:
        return works_on_enquiries(self.user)

    def load(self) -> Listing:
        waiting = Q(status=Status.NEW, owner=None)
        if not is_administrator(self.user):
            waiting |= Q(owner=self.user, status__in=(Status.NEW, Status.IN_PROGRESS))
        return self._rows(enquiries_for(self.user).filter(waiting))

    def _rows(self, enquiries: QuerySet[Enquiry]) -> Listing:
        counted = enquiries.annotate(total=Window(Count("pk"))).order_by("created_at", "pk")
        found = list(counted.annotate(house=F("region__name"))[self.start : self.stop])
        rows = [self._row(enquiry, vars(enquiry)["house"]) for enquiry in found]
        return Listing(rows, vars(found[0])["total"] if found else 0)

    def _row(self, enquiry: Enquiry, house: str | None) -> Row:
        parts = [enquiry.subject_title]
        if is_administrator(self.user):
            parts.insert(0, house or _("National desk"))
        is_taken = enquiry.owner_id is not None
        parts.append(_("taken over by you") if is_taken else _("nobody has taken it"))
        return Row(
            title=enquiry.sender,
            url=enquiry.admin_url,
            about=" · ".join(filter(None, parts)),
            since=enquiry.created_at,
            is_late=timezone.now() - enquiry.created_at > LATE_AFTER,
        )

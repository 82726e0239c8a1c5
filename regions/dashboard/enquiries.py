"""Enquiries that wait for an answer."""

import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.dashboard.sections import Listing, Row, Section
from cms.models import User
from regions.access import is_administrator, national_editors
from regions.enquiries.access import enquiries_for, works_on_enquiries
from regions.models import Absence, Enquiry
from regions.models.enquiry import OPEN

#: A visitor who has read nothing for so long has been forgotten.
LATE_AFTER = datetime.timedelta(days=3)


class OpenEnquiries(Section):
    """What nobody answers unless this person does; oldest first.

    What nobody looks after, what they have taken on themselves, and what belongs to somebody who is
    away, for the deputy or else for everybody.
    """

    name = "enquiries"
    order = 30
    heading = gettext_lazy("Enquiries")
    quiet = gettext_lazy("no open enquiries")

    def is_for_user(self) -> bool:
        return works_on_enquiries(self.user)

    def load(self) -> Listing:
        waiting = Q(owner=None) | Q(owner=self.user) | _left_to(self.user)
        return self._rows(enquiries_for(self.user).filter(waiting, status__in=OPEN))

    def _rows(self, enquiries: QuerySet[Enquiry]) -> Listing:
        counted = enquiries.annotate(total=Window(Count("pk"))).order_by("created_at", "pk")
        rows_of = counted.annotate(house=F("region__name"))
        away = "owner__absence__deputy__absence"
        found = list(rows_of.select_related(away)[self.start : self.stop])
        rows = [self._row(enquiry, vars(enquiry)["house"]) for enquiry in found]
        return Listing(rows, vars(found[0])["total"] if found else 0)

    def _row(self, enquiry: Enquiry, house: str | None) -> Row:
        parts = [enquiry.subject_title]
        if is_administrator(self.user):
            parts.insert(0, house or _("National desk"))
        parts.append(self._whose(enquiry.owner))
        return Row(
            title=enquiry.sender,
            url=enquiry.admin_url,
            about=" · ".join(filter(None, parts)),
            since=enquiry.created_at,
            is_late=timezone.now() - enquiry.created_at > LATE_AFTER,
        )

    def _whose(self, owner: User | None) -> str:
        if owner is None:
            return _("nobody has taken it")
        return _("taken over by you") if owner == self.user else owner.absence.named_phrase


def _left_to(user: User) -> Q:
    """Enquiries whose owner is away, unless another deputy is there and may read them."""
    absences = Absence.objects.current()
    away = absences.filter(user=OuterRef("owner"))
    covered = away.filter(deputy__is_active=True).exclude(deputy__in=absences.values("user"))
    house = OuterRef("region")
    works_there = Q(deputy__groups__editors_of=house) | Q(deputy__groups__leads_of=house)
    at_the_desk = Q(deputy__in=national_editors().values("pk"))
    is_covered = Exists(covered.filter(works_there)) | (
        Q(region=None) & Exists(covered.filter(at_the_desk))
    )
    return Q(Exists(away)) & (Q(Exists(covered.filter(deputy=user))) | ~is_covered)

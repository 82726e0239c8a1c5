"""Invitations of a house that nobody has accepted, and houses that nobody leads."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.dashboard.sections import Listing, Row, Section
from cms.models import User
from regions.access import is_administrator, leads_a_house
from regions.models import Invitation, Region, Role
from regions.models.invitation import LIVES
from regions.people.access import houses_led


class PeopleOfTheHouse(Section):
    """For leads: invitations that are open or have expired."""

    name = "people"
    order = 70
    heading = gettext_lazy("People and invitations")
    quiet = gettext_lazy("no open invitations")

    def is_for_user(self) -> bool:
        return leads_a_house(self.user, open_only=True) and not is_administrator(self.user)

    def load(self) -> Listing:
        waiting = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
        own = waiting.filter(region__in=houses_led(self.user)).select_related("region")
        rows = [_invitation(invitation) for invitation in own.order_by("sent_at", "pk")]
        return Listing(rows[self.start : self.stop], len(rows))


def _with_leads(regions: QuerySet[Region]) -> QuerySet[Region]:
    leads = User.objects.filter(is_active=True, groups=OuterRef("leads_group")).order_by()
    counted = leads.values("groups").annotate(number=Count("pk")).values("number")
    return regions.annotate(leads=Coalesce(Subquery(counted), 0)).order_by("name")


def _invitation(invitation: Invitation) -> Row:
    is_expired = invitation.expires_at <= timezone.now()
    day = date_format(timezone.localtime(invitation.expires_at), "SHORT_DATE_FORMAT")
    text = _("expired; you can send it again") if is_expired else _("valid until %(day)s")
    return Row(
        title=invitation.name,
        url=reverse("people", args=[invitation.region.slug]),
        about=f"{invitation.get_role_display()} · {text % {'day': day}}",
        since=invitation.sent_at,
        is_late=is_expired,
    )


class HousesWithoutLead(Section):
    """For administrators: houses in which nobody can approve or invite."""

    name = "without-lead"
    order = 10
    heading = gettext_lazy("Regions without a lead")
    quiet = gettext_lazy("every region has a lead")
    limit = 3

    def is_for_user(self) -> bool:
        return is_administrator(self.user)

    def load(self) -> Listing:
        houses = [
            house for house in _with_leads(Region.objects.active()) if not vars(house)["leads"]
        ]
        waiting = Invitation.objects.filter(
            role=Role.LEAD, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        valid = waiting.filter(sent_at__gt=timezone.now() - LIVES)
        invited = set(valid.values_list("region_id", flat=True))
        shown = houses[self.start : self.stop]
        return Listing([_without_lead(house, house.pk in invited) for house in shown], len(houses))


def _without_lead(house: Region, is_invited: bool) -> Row:
    if is_invited:
        about = _("A lead has been invited.")
        return Row(house.name, reverse("people", args=[house.slug]), about=about)
    about = _("Invite the first lead.")
    return Row(house.name, reverse("people_invite", args=[house.slug]), about=about, is_late=True)

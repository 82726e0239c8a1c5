"""Reviews taken on are among the work assigned to somebody in a house."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cms.models import User
from regions.models import Region
from regions.people.responsibilities import Item, Responsibility, open_reviews, page_items
from workflows.models import Claim, claims


class Reviews(Responsibility):
    """Claims on the reviews of a house's pages."""

    heading = _("Reviews taken on")

    def _claims(self, region: Region) -> QuerySet[Claim]:
        return Claim.objects.holding().filter(workflow_state__in=open_reviews(region))

    def counts(self, region: Region) -> dict[int, int]:
        """Number of claims by person."""
        return dict(self._claims(region).values_list("user").annotate(Count("pk")))

    def phrase(self, count: int) -> str:
        return ngettext("%(count)d review", "%(count)d reviews", count) % {"count": count}

    def items(self, region: Region, user: User) -> list[Item]:
        own = self._claims(region).filter(user=user)
        return page_items(own.values_list("workflow_state__object_id", flat=True))

    def pass_on(
        self, region: Region, user: User, successor: User | None, actor: User | None
    ) -> None:
        """To the successor as far as they review; otherwise anybody may take it on."""
        claims.hand_over(user, successor, claims=self._claims(region).filter(user=user), tell=False)

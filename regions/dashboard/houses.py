"""What the nation sees of its houses: those that publish nothing, and those that lack something."""

import datetime

from django.db.models import F, Max
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.dashboard.sections import Listing, Row, Section
from regions.access import HOUSE_DEPTH, below, is_administrator, is_national_editor
from regions.models import HousePage
from regions.provisioning.drift import regions_with_drift

#: A house that has published nothing for so long has gone quiet.
QUIET_AFTER = datetime.timedelta(days=90)
_HOUSE = Substr("path", 1, HOUSE_DEPTH * Page.steplen)


class QuietHouses(Section):
    """For the national desk: open houses of which nothing became public for a long time."""

    name = "quiet-houses"
    order = 80
    heading = gettext_lazy("Houses gone quiet")
    quiet = gettext_lazy("every house has published lately")
    limit = 3

    def is_for_user(self) -> bool:
        return is_national_editor(self.user) and not is_administrator(self.user)

    def load(self) -> Listing:
        recent = Page.objects.filter(last_published_at__gte=timezone.now() - QUIET_AFTER)
        lively = recent.filter(depth__gte=HOUSE_DEPTH).values_list(_HOUSE, flat=True)
        houses = HousePage.objects.filter(
            live=True, locale__language_code="de", region_record__archived_on__isnull=True
        )
        rows = houses.annotate(name=F("region_record__name")).order_by("name")
        fields = ("pk", "path", "name", "contact_name", "contact_email")
        quiet = list(rows.exclude(path__in=lively).values_list(*fields))
        shown = quiet[self.start : self.stop]
        since = _last_published([path for _pk, path, *_rest in shown])
        return Listing(
            [
                Row(
                    title=name,
                    url=reverse("wagtailadmin_explore", args=[pk]),
                    about=" · ".join(filter(None, (contact, email))),
                    since=since.get(path),
                )
                for pk, path, name, contact, email in shown
            ],
            len(quiet),
        )


def _last_published(paths: list[str]) -> dict[str, datetime.datetime]:
    """By path of a house: when something of it became public last."""
    pages = Page.objects.filter(below(paths), last_published_at__isnull=False)
    found = pages.annotate(house=_HOUSE).order_by().values_list("house")
    return dict(found.annotate(Max("last_published_at")))


class Drift(Section):
    """For administrators: regions that lack a page, a group or a right."""

    name = "drift"
    order = 40
    heading = gettext_lazy("Regions that lack something")
    quiet = gettext_lazy("no region lacks pages or rights")
    limit = 3

    def is_for_user(self) -> bool:
        return is_administrator(self.user)

    def load(self) -> Listing:
        found = regions_with_drift()
        return Listing(
            [
                Row(
                    title=region.name,
                    url=reverse("regionen:edit", args=[region.pk]),
                    about=_("A page, a group or a right is missing. Saving the region adds it."),
                )
                for region in found[self.start : self.stop]
            ],
            len(found),
        )

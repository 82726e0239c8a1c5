"""Section of the start page: national programmes that changed since the house read them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.dashboard.sections import Button, Listing, Row, Section
from funding.models import FundingAdditionPage
from funding.models.additions import houses_that_add
from funding.programme_changes import check_url, waiting
from regions.access import below, own_house_paths


class ChangedProgrammes(Section):
    """For houses: their additions whose programme says something else now; at most one query."""

    name = "changed-programmes"
    order = 45
    heading = gettext_lazy("Programme changed: is your addition still right?")

    def is_for_user(self) -> bool:
        return bool(own_house_paths(self.user))

    def load(self) -> Listing:
        if not houses_that_add():
            return Listing()
        own = FundingAdditionPage.objects.filter(below(own_house_paths(self.user)))
        found = list(waiting(own).select_related("programme").order_by("title", "pk"))
        return Listing([_row(page) for page in found[self.start : self.stop]], len(found))


def _row(page: FundingAdditionPage) -> Row:
    programme = page.programme
    if programme is None:
        raise TypeError("An addition that waits has a programme.")
    arguments = [page.pk, programme.live_revision_id]
    return Row(
        title=page.get_admin_display_title(),
        url=check_url(page),
        about=_("see what changed in “%(title)s”") % {"title": programme.title},
        since=programme.last_published_at,
        button=Button(
            _("Addition still right"), reverse("funding_addition_confirm", args=arguments)
        ),
    )

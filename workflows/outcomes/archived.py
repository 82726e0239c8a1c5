"""A house closes while its pages are reviewed or scheduled."""

from collections import defaultdict

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import User
from regions.access import pages_of
from regions.models import Region
from workflows import emails
from workflows.outcomes.common import active_reviews, actor, end, lines, schedules, stop
from workflows.page_in_review import page_of


def region_archived(region: Region) -> None:
    """End all reviews of the house, take its texts off the schedule, and tell their authors.

    Everything stays as a draft. Authors are told though their accounts are deactivated from now on.
    """
    ids = list(pages_of([region]).values_list("pk", flat=True))
    told: dict[User, list[tuple[Page, str]]] = defaultdict(list)
    for state in active_reviews(ids):
        page = page_of(state)
        holder = end(state, "archived")
        for person in filter(None, {state.requested_by, holder}):
            told[person].append((page, _("the review has ended")))
    for revision in schedules(ids):
        page = page_of(revision)
        stop(revision, page, "archived")
        if revision.user:
            told[revision.user].append((page, _("will not be published")))
    for person, pages in told.items():
        emails.send(
            [person],
            _("House closed: %(region)s") % {"region": region.name},
            _(
                "The house %(region)s was closed. What is public stays readable; nothing new "
                "is published. This concerns:\n\n%(pages)s"
            )
            % {"region": region.name, "pages": lines(pages)},
            exclude=actor(),
        )

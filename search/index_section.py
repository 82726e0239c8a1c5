"""For administrators: what keeps the Elasticsearch index from being what it should be."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.dashboard.sections import Listing, Row, Section
from search.engines.elasticsearch import is_configured
from search.models import Entry, IndexState


class SearchIndex(Section):
    """A server that does not answer, an index that is being built, entries that it refuses."""

    name = "search-index"
    order = 25
    heading = gettext_lazy("Search index")
    quiet = gettext_lazy("search index complete")
    limit = 3

    def is_for_user(self) -> bool:
        return self.user.is_superuser and is_configured()

    def load(self) -> Listing:
        state = IndexState.objects.filter(pk=1).first() or IndexState()
        found = [*self._of_state(state), *self._refused()]
        return Listing(found[self.start : self.stop], len(found))

    def _of_state(self, state: IndexState) -> list[Row]:
        url = reverse("periodic_work:index")
        rows = []
        if state.unreachable_since:
            waiting = Entry.objects.waiting().count()
            about = ngettext(
                "the database answers searches; %(number)d page waits",
                "the database answers searches; %(number)d pages wait",
                waiting,
            ) % {"number": waiting}
            since = state.unreachable_since
            title = _("Elasticsearch does not answer")
            rows.append(Row(title, url, about, since, is_late=True, note=state.problem))
        if state.is_building(timezone.now()):
            done, total = state.build_done, max(state.build_total, state.build_done)
            about = _("%(done)d of %(total)d pages") % {"done": done, "total": total}
            progress = done / total if total else 0.0
            rows.append(Row(_("The index is being built"), url, about, progress=progress))
        return rows

    def _refused(self) -> list[Row]:
        """The most recent ones; more than a page of them have one reason."""
        entries = Entry.objects.waiting().exclude(delivery_error="").order_by("-version")
        return [
            Row(
                _("“%(title)s” cannot be found") % {"title": entry.title},
                reverse("wagtailadmin_pages:edit", args=(entry.page_id,)),
                is_late=True,
                note=entry.delivery_error,
            )
            for entry in entries.only("page_id", "title", "delivery_error")[:50]
        ]

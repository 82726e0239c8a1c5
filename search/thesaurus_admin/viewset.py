"""Records of the thesaurus as snippets: drafts, history, comparison, and their effect."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision
from wagtail.snippets.views.snippets import CreateView, EditView, InspectView, SnippetViewSet

from search.models import ThesaurusEntry
from search.thesaurus_admin.effect import effects_of


class _SecondPerson:
    """Keeps a change as a draft where the person who wrote it would publish it."""

    request: Any
    object: Any
    new_revision: Revision
    is_kept = False

    def publish_action(self) -> HttpResponse | None:
        """Publish, or say who can."""
        if self.object.may_be_published(self.new_revision, self.request.user):
            return super().publish_action()  # type: ignore[misc]
        text = _(
            "Saved as a draft. It counts once somebody else of the national desk publishes it."
        )
        messages.warning(self.request, text)
        self.is_kept = True
        return None

    def get_success_message(self, *args: Any) -> str | None:
        """Nothing is called published that is not."""
        return None if self.is_kept else super().get_success_message(*args)  # type: ignore[misc]


class EntryCreateView(_SecondPerson, CreateView):
    """Adds a record as a draft."""


class EntryEditView(_SecondPerson, EditView):
    """Changes a record; the published words count until somebody else publishes."""

    def save_instance(self) -> ThesaurusEntry:
        """Keep what a new site began with as the first version, which can be brought back."""
        if self.object.latest_revision_id is None:
            ThesaurusEntry.objects.get(pk=self.object.pk).save_revision(clean=False)
        return super().save_instance()


class EntryInspectView(InspectView):
    """The first hits of real searches before and after the change."""

    template_name = "admin/thesaurus_effect.html"
    page_title = gettext_lazy("Effect")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add what publishing would do."""
        context: dict[str, object] = super().get_context_data(**kwargs)
        return context | {"effects": effects_of(self.object, self.request)}


class ThesaurusViewSet(SnippetViewSet):
    """Words that mean the same, and the same matter in the words of two worlds."""

    # Wagtail's begin as None.
    model = ThesaurusEntry  # type: ignore[assignment]
    icon = "comment"
    menu_label = gettext_lazy("Words of the search")
    menu_order = 850
    add_to_admin_menu = True
    url_prefix = "suchwoerter"
    admin_url_namespace = "thesaurus"  # type: ignore[assignment]
    list_display = ["__str__", "kind", "live", "has_unpublished_changes"]
    list_filter = ["kind", "live", "has_unpublished_changes"]
    search_fields = ["words", "others"]
    add_view_class = EntryCreateView
    edit_view_class = EntryEditView
    inspect_view_class = EntryInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "words", "others"]
    copy_view_enabled = False

"""The abstract page of every list of pages."""

from dataclasses import replace
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from cms.models import BasePage
from cms.structured_data import web_page
from search.presets import Preset
from search.results.context import canonical_redirect, list_context
from search.results.feeds import feed_response
from search.results.titles import page_of_list
from search.results.types import Results
from search.statistics.middleware import note_search


class ListPage(BasePage):
    """A page that lists others by a preset of the one query.

    A room's index sets :attr:`preset`, or overrides :meth:`get_preset` where that
    depends on the request, or :meth:`preset_facets` where it depends on the place in
    the tree (``/haeuser/<region>/beispiele/`` lists only its own).
    """

    preset: ClassVar[Preset] = Preset()
    template = "pages/list_page.html"
    # One list of a type in a place. Wagtail's attribute begins as None, which to mypy is its type.
    max_count_per_parent = 1  # type: ignore[assignment]

    class Meta:
        abstract = True

    def preset_facets(self) -> dict[str, list[str]]:
        """Facet keys that always apply to this page's list; a room above overrides it."""
        return {}

    def get_preset(self, request: HttpRequest | None = None) -> Preset:
        """The preset with what :meth:`preset_facets` adds."""
        own = self.preset_facets()
        if not own:
            return self.preset
        return replace(self.preset, fixed={**self.preset.fixed, **own})

    @property
    def publisher_name(self) -> str:
        """Whose list it is, in the names of its feeds; a room above names the house."""
        return gettext("Houses of Cooperation")

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """A page that leads to others."""
        return web_page(self, request, "CollectionPage")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The list, or what :mod:`search.results.feeds` makes of it if the address says so.

        Pages and values that do not exist lead to the list without them.
        """
        feed = feed_response(
            request,
            self.get_preset(request),
            language=get_language() or self.locale.language_code,
            base_url=self.get_url(request) or "",
            title=self.title,
            publisher=self.publisher_name,
            description=self.summary,
        )
        if feed:
            return feed
        response = super().serve(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        if "results" in context:
            if elsewhere := canonical_redirect(context):
                return elsewhere
            note_search(response, context["results"])
        return response

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the list template shows: see :mod:`search.results.context`."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(
            list_context(
                request,
                self.get_preset(request),
                language=get_language() or self.locale.language_code,
                base_url=self.get_url(request) or "",
                title=self.title,
                publisher=self.publisher_name,
            )
        )
        results: Results = context["results"]
        title = self.head_title
        if context["list_title"] != self.title:  # filters tell more than what editors wrote
            title = " – ".join(filter(None, (context["list_title"], str(self.head_kind))))
        context["head_title"] = page_of_list(title, results)
        return context

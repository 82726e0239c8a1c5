"""How news is found."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from news.models import NewsPage
from search.registry import TOPIC_FACET, SearchDocument, register_document


class NewsDocument(SearchDocument[NewsPage]):
    """Found by its text, topics and date."""

    type_key = "aktuelles"
    label = _("News item")
    label_plural = _("News")
    shows_date = True

    def text(self, page: NewsPage) -> str:
        return self.plain(page.body)

    def facets(self, page: NewsPage) -> dict[str, Iterable[str]]:
        """The topics of the news item; news has no other terms."""
        return {TOPIC_FACET: [term.key for term in page.topics.all()]}


def register() -> None:
    """Register the documents of this room."""
    register_document(NewsPage, NewsDocument)

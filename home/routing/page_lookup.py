"""Find a page by its whole path, in one query for the page and its own row."""

from copy import copy
from functools import cache

from wagtail.models import Page

from cms.delivery.content_version import cached
from cms.models import BasePage
from regions.access import ancestors_by_path
from search.list_page import ListPage

#: The tables of so few types are asked one after the other.
_FEW = 2


@cache
def child_models(parent: type[Page]) -> tuple[type[Page], ...]:
    """Page types that can stand below ``parent``."""
    return tuple(model for model in parent.allowed_subpage_models() if model is not Page)


def _models_of(parent: Page, slug: str) -> tuple[type[Page], ...]:
    """The types that a page with this slug below ``parent`` can have; of many, only that it has."""
    models = child_models(parent.specific_class)
    if len(models) <= _FEW:
        # Lists, with any number of pages below them.
        return models
    # Which of many tables has the page's own row is asked once: to join them all takes PostgreSQL
    # longer to plan than everything else of a page.
    model = cached(("routing.models", parent.pk), lambda: _models_below(parent)).get(slug)
    return (model,) if model else ()


def _models_below(parent: Page) -> dict[str, type[Page]]:
    children = Page.objects.live().child_of(parent).order_by()
    found = ((page.slug, page.specific_class) for page in children.only("slug", "content_type"))
    return {slug: model for slug, model in found if model}


def find_page(home: Page, components: list[str]) -> Page | None:
    """The page at an address with the pages above it; its own row.

    Not always one that is not public: Wagtail's own way finds those.

    Args:
        home: of the language.
        components: the slugs below it, one at least.
    """
    *above, slug = components
    ancestors = [home]
    if above:
        key = ("routing.ancestors", home.pk, *above)
        ancestors = cached(key, lambda: ancestors_by_path(home, above))
        if len(ancestors) <= len(above):
            return None
    parent = ancestors[-1]
    for model in _models_of(parent, slug):
        if page := _find(model, parent, slug):
            vars(page)["_ancestors"] = [*ancestors, page]
            return page
    return None


def _find(model: type[Page], parent: Page, slug: str) -> Page | None:
    """The page of a type with this slug below ``parent``."""
    shown_with = model.shown_with if issubclass(model, BasePage) else ()
    found = model.objects.filter(
        slug=slug, depth=parent.depth + 1, url_path=f"{parent.url_path}{slug}/"
    ).select_related(*shown_with)
    if issubclass(model, ListPage):
        # Few and asked for most. A copy: what is shown notes on itself whom it is shown for.
        return copy(cached(("routing.list", parent.pk, slug), found.first))
    return found.first()

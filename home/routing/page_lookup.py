"""Find a page by its whole path, in one query for the page and its own row."""

from functools import cache

from wagtail.models import Page

from cms.delivery.content_version import cached
from cms.models import BasePage
from regions.access import ancestors_by_path


@cache
def specific_links(parent: type[Page]) -> dict[type[Page], str]:
    """Page types that can stand below ``parent``, and how a plain page reaches its own row.

    A join over the few tables by primary key saves a second query. Not over all tables:
    PostgreSQL would plan that for longer than it runs.
    """
    models = [model for model in parent.allowed_subpage_models() if model is not Page]
    return {model: model._meta.pk.remote_field.get_accessor_name() for model in models}


def find_page(home: Page, components: list[str]) -> Page | None:
    """The page at an address with the pages above it, live or not; its own row, if it is found.

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
    address = {
        "slug": slug,
        "depth": parent.depth + 1,
        "url_path": f"{parent.url_path}{slug}/",
    }
    links = specific_links(parent.specific_class)
    if len(links) == 1:
        (model,) = links
        shown_with = model.shown_with if issubclass(model, BasePage) else ()
        page = model.objects.filter(**address).select_related(*shown_with).first()
    else:
        found = Page.objects.filter(**address).select_related(*links.values()).first()
        page = found and getattr(found, links.get(found.specific_class, ""), None)
    if page:
        vars(page)["_ancestors"] = [*ancestors, page]
    return page

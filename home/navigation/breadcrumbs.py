"""The way from the home page to a page."""

from django.http import HttpRequest
from wagtail.models import Page, Site

from home.navigation.menus import Link
from regions.access import ancestors_of
from regions.finder.selected_region import keeping

HOME_DEPTH = 2


def breadcrumbs(request: HttpRequest, page: Page | None) -> list[Link]:
    """From the home page to the parent of ``page``; empty on the home page itself."""
    if page is None or page.depth <= HOME_DEPTH:
        return []
    site = Site.find_for_request(request)
    below_home = site is not None and page.is_child_of(site.root_page)
    ancestors = [site.root_page] if below_home else ancestors_of(page)
    return [
        Link(title=ancestor.title, url=keeping(request, url), active=False)
        for ancestor in ancestors
        if ancestor.live and ancestor.depth < page.depth and (url := ancestor.get_url(request))
    ]

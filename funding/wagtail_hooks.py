"""What the admin says of programmes."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from funding.duplicates import similar_programmes
from funding.models import FundingPage


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def name_similar_programmes(request: HttpRequest, page: Page) -> None:
    """Tell whoever saves a programme of others that may be the same one."""
    if not isinstance(page, FundingPage):
        return
    found = similar_programmes(page)
    if not found:
        return
    names = format_html_join(", ", "{}", ((_named(request, other),) for other in found))
    text = _("Does this programme exist already? Please compare:")
    messages.warning(request, format_html("{} {}", text, names))


def _named(request: HttpRequest, page: FundingPage) -> str:
    """Title and house of a programme, with the way to it if it is public."""
    title = f"{page.title} ({page.region.name})" if page.region else page.title
    if not page.live:
        return title
    return format_html('<a href="{}">{}</a>', page.get_url(request), title)

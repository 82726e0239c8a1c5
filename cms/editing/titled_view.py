"""What pages of the admin that are no list or form of Wagtail's have in common."""

from django_stubs_ext import StrOrPromise
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class TitledView(WagtailAdminTemplateMixin):
    """A page whose head says what it is: the last of the breadcrumbs, which is read as its title.

    Wagtail's own ends with the start page.
    """

    def get_breadcrumbs_items(self) -> list[dict[str, StrOrPromise]]:
        """The start page, then this page by its title."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

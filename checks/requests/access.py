"""Who reads what people sent by a form: the only place that decides it."""

from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from checks.models import FormPage
from cms.models import User
from regions.access import below, national_pages, own_house_paths
from regions.isolation import guard
from regions.isolation.reach import has_national_scope


@guard
def forms_whose_entries_are_read(user: User, pages: PageQuerySet) -> PageQuerySet:
    """The forms of the own house; for the national desk those that belong to no house.

    Self-checks are none of them: what people answered is read by their link only.
    """
    reach = below(own_house_paths(user))
    if has_national_scope(user):
        # Looked up apart: the search among forms understands no "not exists".
        national = Page.objects.filter(national_pages())
        reach |= Q(pk__in=national.values("pk"))
    return pages.exact_type(FormPage).filter(reach)

"""Who reads what people sent by a form: the only place that decides it."""

from django.db.models import Q
from wagtail.contrib.forms.utils import get_form_types
from wagtail.query import PageQuerySet

from checks.models import FormPage
from cms.models import User
from regions.access import HOUSE_DEPTH, below, own_house_paths
from regions.isolation import guard
from regions.isolation.reach import has_national_scope


@guard
def forms_whose_entries_are_read(user: User, pages: PageQuerySet) -> PageQuerySet:
    """The forms of the own house; for the national desk those that belong to no house.

    Self-checks are none of them: what people answered is read by their link only.
    """
    kinds = [kind for kind in get_form_types() if kind.model_class() is FormPage]
    reach = below(own_house_paths(user))
    if has_national_scope(user):
        # A house and what is below it stand deeper.
        reach |= Q(depth__lt=HOUSE_DEPTH)
    return pages.filter(reach, content_type__in=kinds)

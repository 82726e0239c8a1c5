"""A form is not deleted while there is something in it: the trash restores pages, not entries."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Count, Max, Q
from django.utils.formats import date_format
from django.utils.translation import ngettext
from wagtail.models import Page

from checks.models import FormEntry


def why_not(pages: Iterable[Page]) -> str:
    """Why ``pages`` cannot be deleted with all that is below them; empty if they can."""
    below = [Q(page__path__startswith=page.path) for page in pages]
    if not below:
        return ""
    entries = FormEntry.objects.filter(reduce(or_, below))
    kept = entries.aggregate(number=Count("pk"), until=Max("delete_on"))
    if not kept["number"]:
        return ""
    return ngettext(
        "Not deleted: a form still has %(number)d entry, which would be lost for good. End the "
        "form by its last day (“open until”); the entry is deleted on %(day)s, then the form can "
        "be, too. If nobody needs it any more, delete the entry under “Forms” first.",
        "Not deleted: a form still has %(number)d entries, which would be lost for good. End the "
        "form by its last day (“open until”); the last of them are deleted on %(day)s, then the "
        "form can be, too. If nobody needs them any more, delete the entries under “Forms” first.",
        kept["number"],
    ) % {"number": kept["number"], "day": date_format(kept["until"])}

"""The pages of a person's houses that several sections ask for."""

from wagtail.models import Page

from cms.models import User
from regions.access import HOUSE_DEPTH, below, own_house_paths


def own_house_pages(user: User) -> list[Page]:
    """The German pages of the houses ``user`` works for, and their lists right below.

    Remembered on the account, that is for one request.
    """
    known: list[Page] | None = vars(user).get("_own_house_pages")
    if known is None:
        paths = own_house_paths(user)
        depths = (HOUSE_DEPTH, HOUSE_DEPTH + 1)
        german = Page.objects.filter(locale__language_code="de", depth__in=depths)
        known = list(german.filter(below(paths)).order_by("path")) if paths else []
        vars(user)["_own_house_pages"] = known
    return known

"""The same programme entered twice: noticed by its source and its title, across all regions.

Of other regions only what is public is compared, so that nobody learns of another's drafts.
"""

from difflib import SequenceMatcher
from urllib.parse import urlsplit

from django.db.models import Q

from cms.text import fold
from funding.models import FundingPage

#: So much alike are two titles that may be one programme's.
_ALIKE = 0.9
#: More are not named.
_MOST = 3


def similar_programmes(page: FundingPage) -> list[FundingPage]:
    """Other programmes in the same language that may be the same one; two queries.

    Args:
        page: what somebody has just saved.
    """
    known = FundingPage.objects.filter(locale_id=page.locale_id, alias_of=None)
    known = known.exclude(translation_key=page.translation_key).filter(_visible_to(page))
    source, title = bare_address(page.source_url), fold(page.title)
    found = [
        pk
        for pk, other, url in known.values_list("pk", "title", "source_url")
        if (source and source == bare_address(url)) or _alike(title, fold(other))
    ]
    return list(FundingPage.objects.filter(pk__in=found[:_MOST]).order_by("title"))


def _visible_to(page: FundingPage) -> Q:
    """What is public, and the drafts beside it: of the same house, or of the national desk."""
    parent = page.get_parent()
    return Q(live=True) | (Q(path__startswith=parent.path) if parent else Q())


def bare_address(url: str) -> str:
    """An address without what two people may copy differently: scheme, www, slash, fragment."""
    try:
        parts = urlsplit(url.strip().lower())
    except ValueError:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _alike(one: str, other: str) -> bool:
    """Whether two titles differ in a few letters only; the cheap questions come first."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.real_quick_ratio() >= _ALIKE
        and matcher.quick_ratio() >= _ALIKE
        and matcher.ratio() >= _ALIKE
    )

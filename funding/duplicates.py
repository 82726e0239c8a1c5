"""The same programme entered twice: noticed by its source and its title, across all regions.

Of other regions only what is public is compared, so that nobody learns of another's drafts.
"""

from difflib import SequenceMatcher
from urllib.parse import urlsplit

from django.db.models import Q
from wagtail.models import Page

from cms.text import fold
from funding.models import FundingPage

#: So much alike are two titles that may be one programme's.
_ALIKE = 0.9
#: More are not named.
_MOST = 3


def similar_programmes(page: FundingPage) -> list[FundingPage]:
    """Other programmes that may be the same as one that was saved."""
    return similar_to(page.title, page.source_url, page.get_parent(), page.pk)


def similar_to(title: str, source_url: str, index: Page, own: int | None) -> list[FundingPage]:
    """Programmes in the same language that may be the one somebody enters; two queries.

    Args:
        title: as typed.
        source_url: page of the funder as typed.
        index: the list below which it is entered: drafts beside it count, others do not.
        own: key of the page itself if it exists already.
    """
    visible = Q(live=True) | Q(path__startswith=index.path)
    known = FundingPage.objects.filter(visible, locale_id=index.locale_id, alias_of=None)
    known = known.exclude(pk=own or 0)
    source, title = bare_address(source_url), fold(title)
    found = [
        pk
        for pk, other, url in known.values_list("pk", "title", "source_url")
        if (source and source == bare_address(url)) or (title and _alike(title, fold(other)))
    ]
    return list(FundingPage.objects.filter(pk__in=found[:_MOST]).order_by("title"))


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

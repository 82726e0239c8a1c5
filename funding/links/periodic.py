"""The links of programmes, asked for in the periodic work and never while somebody waits.

A link that is broken makes its programme due for a check today: the start page of whoever looks
after it lists it, and from then on the rules for unchecked programmes hold. F27: quality
assurance.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.signals import page_changed
from funding.links.checker import Finding, LinkChecker, Outcome
from funding.models import FundingPage, LinkCheck

#: Other periodic work waits as long as this one takes.
SECONDS_A_RUN = 10
EVERY = timedelta(minutes=1)
_AGAIN = timedelta(days=30)
#: After a failure: a day, two, four … up to this.
_LONGEST_PAUSE = timedelta(days=16)
#: A server that does not answer may be repaired; a page that is gone is gone.
_BROKEN_AFTER = {Outcome.GONE: 2, Outcome.REFUSED: 1, Outcome.UNREACHABLE: 4}


def check_links(
    checker: LinkChecker | None = None, clock: Callable[[], float] = time.monotonic
) -> str:
    """Ask for the links that are due until the time of a run is over; says what it did."""
    if not settings.LINK_CHECKS:
        return _("Switched off (LINK_CHECKS).")
    agent = f"HaeuserDerKooperation-Links (+{settings.WAGTAILADMIN_BASE_URL})"
    checker, begin, number = checker or LinkChecker(agent), clock(), 0
    for url in _due(timezone.now()):
        if clock() - begin >= SECONDS_A_RUN:
            break
        if not checker.is_left_alone(url):
            note(url, checker.check(url), timezone.now())
            number += 1
    return ngettext("%(number)d link checked.", "%(number)d links checked.", number) % {
        "number": number
    }


def _linking() -> QuerySet[FundingPage]:
    return FundingPage.objects.filter(live=True).exclude(source_url="")


def _due(now: datetime) -> Iterator[str]:
    """Links that nobody has asked for first, then those whose time has come, longest waiting."""
    urls = set(_linking().values_list("source_url", flat=True))
    LinkCheck.objects.exclude(url__in=urls).delete()
    known = LinkCheck.objects.filter(url__in=urls)
    yield from sorted(urls.difference(known.values_list("url", flat=True)))
    yield from known.filter(next_at__lte=now).order_by("next_at").values_list("url", flat=True)


@transaction.atomic
def note(url: str, finding: Finding, now: datetime) -> None:
    """Store what was found, and make programmes due whose link has just become broken."""
    check = LinkCheck.objects.filter(url=url).first() or LinkCheck(url=url)
    was_broken = _is_broken(check)
    failed = finding.outcome in _BROKEN_AFTER
    check.failures = check.failures + 1 if failed else 0
    check.outcome, check.status, check.checked_at = finding.outcome, finding.status, now
    pause = min(timedelta(days=2 ** min(check.failures - 1, 5)), _LONGEST_PAUSE)
    asked_for = timedelta(seconds=min(finding.retry_after, _AGAIN.total_seconds()))
    check.next_at = now + max(pause if failed else _AGAIN, asked_for)
    check.save()
    if _is_broken(check) and not was_broken:
        _make_due(url)


def _is_broken(check: LinkCheck) -> bool:
    """Whether it has failed so often that it will not answer again by itself."""
    most = _BROKEN_AFTER.get(Outcome(check.outcome)) if check.outcome else None
    return most is not None and check.failures >= most


def _make_due(url: str) -> None:
    today = timezone.localdate()
    pages = _linking().filter(source_url=url).exclude(check_again_on__lte=today)
    ids = list(pages.values_list("pk", flat=True))
    if ids:
        FundingPage.objects.filter(pk__in=ids).update(check_again_on=today)
        page_changed.send(sender=FundingPage, page_ids=ids)


def problem_of(url: str) -> str:
    """What is wrong with a link, for whoever edits its programme; empty where nothing is known."""
    check = LinkCheck.objects.filter(url=url).first() if url else None
    if check is None or not _is_broken(check):
        return ""
    if check.outcome == Outcome.GONE:
        text = _("The page of the funder no longer exists (answer %(status)d on %(day)s).")
    elif check.outcome == Outcome.REFUSED:
        text = _("The page of the funder leads out of the public internet (checked on %(day)s).")
    else:
        text = _("The page of the funder does not answer, for the %(number)d. time on %(day)s.")
    day = date_format(timezone.localtime(check.checked_at), "DATE_FORMAT")
    return text % {"status": check.status, "number": check.failures, "day": day}

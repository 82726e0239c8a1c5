"""Recording and withdrawing consent, and when a withdrawal is settled; each stands in the log."""

from collections.abc import Iterable

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from cms.consents.subjects import Subject, key_of, subjects_of
from cms.models import BasePage, Consent, User
from cms.models.consent import USES, Basis

RECORDED_ACTION = "cms.consent_recorded"
WITHDRAWN_ACTION = "cms.consent_withdrawn"


def records_of(page: Page) -> dict[str, Consent]:
    """What is recorded for ``page``, by the key of the name; one query."""
    return {key_of(record.name): record for record in Consent.objects.of(page)}


def agree_by_link(page: Page, subject: Subject) -> None:
    """Record that somebody agreed through a preview link; a second time changes nothing.

    The record is the proof: what they read is the version that the log names.

    Args:
        page: the page they have read.
        subject: who agreed to what.
    """
    known = records_of(page).get(key_of(subject.name))
    if known and known.holds and known.basis == Basis.LINK and subject.uses <= known.uses:
        return
    record = known or Consent(page_key=page.translation_key, name=subject.name)
    record.basis, record.given_on, record.kept_by = Basis.LINK, timezone.localdate(), ""
    record.withdrawn_on = record.settled_at = record.recorded_by = None
    record.recorded_at = timezone.now()
    for use in USES:
        setattr(record, use, use in subject.uses)
    record.save()
    log_change(page, RECORDED_ACTION, None)


def withdraw_by_link(page: Page, name: str) -> None:
    """Record that somebody takes their consent back; a second time changes nothing."""
    record = records_of(page).get(key_of(name))
    if record and record.holds:
        record.withdrawn_on = timezone.localdate()
        record.save(update_fields=["withdrawn_on"])
        log_change(page, WITHDRAWN_ACTION, None)


def log_change(page: Page, action: str, user: User | None) -> None:
    """The log names nobody: it is kept for another time than the consent."""
    log(page.specific_deferred, action, user=user, revision=page.latest_revision)


def settle(page: Page) -> None:
    """Note which withdrawals are done with, now that a version became public; mostly one query.

    One that was done with waits again if the new version names the person again.
    """
    withdrawn = list(Consent.objects.of(page).exclude(withdrawn_on=None))
    if not withdrawn:
        return
    shown = _shown(Page.objects.filter(translation_key=page.translation_key, live=True).specific())
    for record in withdrawn:
        stands_there = bool(record.uses & shown.get(key_of(record.name), frozenset()))
        if stands_there == bool(record.settled_at):
            record.settled_at = None if stands_there else timezone.now()
            record.save(update_fields=["settled_at"])


def _shown(pages: Iterable[Page]) -> dict[str, frozenset[str]]:
    """What public pages say of whom."""
    found: dict[str, frozenset[str]] = {}
    for page in pages:
        if isinstance(page, BasePage):
            for key, subject in subjects_of(page, page.people_named()).items():
                found[key] = found.get(key, frozenset()) | subject.uses
    return found

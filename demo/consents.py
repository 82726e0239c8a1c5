"""Consents as an editor records them before a page is submitted."""

import datetime

from django.utils import timezone

from cms.consents.records import RECORDED_ACTION, log_change
from cms.consents.subjects import PICTURES, subjects_of
from cms.models import BasePage, Consent, User
from cms.models.consent import Basis

#: So many days before the page was submitted they agreed.
BEFORE = datetime.timedelta(days=14)


def record_consents(page: BasePage, user: User) -> None:
    """Record that everybody agreed whom a page names, quotes or shows.

    Args:
        page: as it is stored; nothing happens to types that name nobody.
        user: who asked them and keeps their mails.
    """
    if not page.names_people:
        return
    for key, subject in subjects_of(page, page.people_named()).items():
        record = Consent(page_key=page.translation_key, name=subject.name, recorded_by=user)
        if key == PICTURES:
            record.basis = Basis.NOT_RECOGNISABLE
        else:
            record.basis, record.given_on = Basis.MAIL, timezone.localdate() - BEFORE
            record.kept_by = user.get_full_name()
        for use in subject.uses:
            setattr(record, use, True)
        record.save()
        log_change(page, RECORDED_ACTION, user)

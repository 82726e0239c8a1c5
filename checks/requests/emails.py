"""Mails about entries: that something has come, and never what."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.models import FormEntry, FormPage
from cms.jobs.mail_queue import queue_mail
from cms.jobs.registry import register as register_work
from cms.spam_protection.throttling import Throttle
from regions.access import leads_of, national_editors
from regions.people.access import active_members

#: One mail an hour for each form, whichever process an entry reaches: a survey is no reason for a
#: hundred mails.
ONE_AN_HOUR = Throttle("form-mail", most=1, seconds=60 * 60)


@transaction.atomic
def tell(page: FormPage) -> bool:
    """Tell the people that the page names of what has come, unless they were told just now.

    Returns:
        Whether they know now.
    """
    if not ONE_AN_HOUR.accepts_from(str(page.pk)):
        return False
    FormEntry.objects.filter(page=page, is_told=False).update(is_told=True)
    with translation.override("de"):
        url = reverse("wagtailforms:list_submissions", args=[page.pk])
        subject = _("Something was sent by the form: %(title)s") % {"title": page.title}
        body = _("Please sign in to read it:\n%(url)s") % {
            "url": f"{settings.WAGTAILADMIN_BASE_URL}{url}"
        }
        for address in recipients(page):
            queue_mail(address, subject, body)
    return True


def tell_later() -> str:
    """Tell of what came within the hour after a mail, once that hour is over.

    Returns:
        Of how many forms was told.
    """
    waiting = FormPage.objects.filter(
        pk__in=FormEntry.objects.filter(is_told=False).values("page")
    ).order_by("pk")
    told = sum(tell(page) for page in waiting)
    return _("told of the entries of %(count)d forms") % {"count": told}


def register() -> None:
    """Register the mails as periodic work."""
    label = gettext_lazy("Mails about entries of forms")
    register_work("checks.form_mails", datetime.timedelta(minutes=10), tell_later, label)


def recipients(page: FormPage) -> list[str]:
    """Addresses of people of the house, or of the national desk; whoever has left gets nothing."""
    if page.notify == FormPage.Notify.NOBODY:
        return []
    region = page.region
    if region is None:
        people = national_editors()
    elif page.notify == FormPage.Notify.LEADS:
        people = leads_of(region)
    else:
        people = active_members(region)
    return list(people.order_by("pk").values_list("email", flat=True))

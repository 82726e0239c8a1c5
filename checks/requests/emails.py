"""Mails about entries: that something has come, and never what."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from checks.models import FormPage
from cms.jobs.mail_queue import queue_mail
from cms.spam_protection.throttling import Throttle
from regions.access import leads_of, national_editors
from regions.people.access import active_members

#: One mail an hour for each form, whichever process an entry reaches: a survey is no reason for a
#: hundred mails.
ONE_AN_HOUR = Throttle("form-mail", most=1, seconds=60 * 60)


def tell(page: FormPage) -> None:
    """Tell the people that the page names, unless they were told just now."""
    if not ONE_AN_HOUR.accepts_from(str(page.pk)):
        return
    with translation.override("de"):
        url = reverse("wagtailforms:list_submissions", args=[page.pk])
        subject = _("Something was sent by the form: %(title)s") % {"title": page.title}
        body = _("Please sign in to read it:\n%(url)s") % {
            "url": f"{settings.WAGTAILADMIN_BASE_URL}{url}"
        }
        for address in recipients(page):
            queue_mail(address, subject, body)


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

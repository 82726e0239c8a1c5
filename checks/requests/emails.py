"""Mails about entries: that something has come, and never what."""

import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from checks.models import FormEntry, FormPage
from cms.jobs.mail_queue import queue_mail
from regions.access import leads_of, national_editors

#: Within it nobody is told twice: a survey is no reason for a hundred mails.
QUIET = datetime.timedelta(hours=1)


def tell(page: FormPage, entry: FormEntry) -> None:
    """Tell the people that the page names, unless they were told just now."""
    since = timezone.now() - QUIET
    others = FormEntry.objects.filter(page=page, submit_time__gt=since).exclude(pk=entry.pk)
    if others.exists():
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
        groups = [region.leads_group_id, region.editors_group_id]
        people = get_user_model().objects.filter(is_active=True, groups__in=groups).distinct()
    return list(people.order_by("pk").values_list("email", flat=True))

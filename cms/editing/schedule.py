"""The dialog of the publishing schedule: in which time zone, and not in the past."""

from datetime import datetime

from django.conf import settings
from django.forms import BaseForm
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.text import when

#: Wagtail's fields of the dialog.
FIELDS = ("go_live_at", "expire_at")


def describe_schedule(form: BaseForm) -> None:
    """Name the time zone below both fields.

    Wagtail reads them in the time zone that the account names, which may be another than that of
    the readers.
    """
    zone = timezone.get_current_timezone_name()
    text = _("Time zone: %(zone)s. It is %(now)s there now.")
    text %= {"zone": zone.replace("_", " "), "now": when(timezone.now())}
    if zone != settings.TIME_ZONE:
        text = " ".join((text, _("That is the one of your account, not of this website.")))
    for name in FIELDS:
        if name in form.fields:
            form.fields[name].help_text = text


def refuse_past(form: BaseForm) -> None:
    """Refuse a new moment of publication that is over; Wagtail publishes at once then.

    What was there before stays: a page that has gone public keeps the moment it did.
    """
    new, old = form.cleaned_data.get("go_live_at"), form.initial.get("go_live_at")
    now = timezone.now()
    if new and new < now and new != _to_the_minute(old):
        text = _(
            "This moment is over: it is %(now)s now. Choose a later one, or leave the field empty; "
            "then the page becomes public when it is approved."
        )
        form.add_error("go_live_at", text % {"now": when(now)})


def _to_the_minute(moment: datetime | None) -> datetime | None:
    """As the field shows it."""
    return moment.replace(second=0, microsecond=0) if moment else None

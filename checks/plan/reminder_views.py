"""The pages of reminders: ask for them, confirm the address, end them. A GET changes nothing."""

import uuid

from django import forms
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from checks.filling.languages import elsewhere
from checks.filling.links import address
from checks.filling.mailing import MailLinkForm
from checks.filling.pages import private_page, show, show_not_valid, with_run
from checks.models import CheckRun, PlanReminder, kept_for
from checks.plan import reminders
from checks.retention import deleted_on
from cms.repeated_forms import earlier_answer, forget, remember_answer
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from cms.spam_protection.throttling import Throttle
from regions.finder.selected_region import keeping

#: A training room asks for many from one address.
THROTTLE = Throttle("check-reminder", most=30, seconds=10 * 60)
#: Nobody's mailbox is filled by others, from however many connections.
THROTTLE_OF_RECIPIENT = Throttle("check-reminder-to", most=3, seconds=24 * 60 * 60)
#: Name of the button that ends reminders.
END = "beenden"


class ReminderForm(MailLinkForm):
    """The address that reminders are mailed to."""

    form_key = "check-reminder"

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        field: forms.Field = self.fields["email"]
        field.help_text = gettext_lazy(
            "Used for reminders only. Deleted with the plan, and at once when you end them; mails "
            "that were sent keep no address."
        )


@with_run
def ask(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Ask for an address, say how far it is, or end the reminders."""
    is_sent = request.method == "POST" and END not in request.POST
    form = ReminderForm(request.POST if is_sent else None)
    error = ""
    if request.method == "POST":
        if not is_same_origin(request):
            error = str(NOT_SAME_ORIGIN)
        elif END in request.POST:
            PlanReminder.objects.filter(run=run).delete()
            return redirect(keeping(request, address(run, "check_plan")))
        elif form.is_valid() and _ask_once(request, form, run):
            return redirect(keeping(request, address(run, "check_reminder_asked")))
    return show(
        request,
        "reminder",
        _("Reminders by mail"),
        run=run,
        form=form,
        error=error,
        addresses=PlanReminder.objects.filter(run=run).aggregate(
            confirmed=Count("confirmed_at"), asked=Count("pk") - Count("confirmed_at")
        ),
        days=reminders.BEFORE.days,
        deleted_on=deleted_on(run),
        **kept_for(),
    )


@transaction.atomic
def _ask_once(request: HttpRequest, form: ReminderForm, run: CheckRun) -> bool:
    """Whether the mail is on its way, by this form or by the same one sent before."""
    email = form.cleaned_data["email"]
    # Whoever has ended them since, or has asked for another address, asks anew by the same form.
    if earlier_answer(request) and PlanReminder.objects.filter(run=run, email=email).exists():
        return True
    recipient = salted_hmac("checks.mail", email.casefold(), algorithm="sha256").hexdigest()
    problem = ""
    if not THROTTLE.accepts(request):
        problem = _("Many mails have just been asked for from your connection. Please wait.")
    elif not THROTTLE_OF_RECIPIENT.accepts_from(recipient):
        problem = _("This address has been sent enough mails for today.")
    if problem:
        forget(request)
        form.add_error("email", problem)
        return False
    reminders.ask(run, email)
    remember_answer(request, "sent")
    return True


@with_run
def asked(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Say that the address has to be confirmed."""
    return show(
        request,
        "reminder_asked",
        _("Please look into your mail"),
        run=run,
        days=reminders.UNCONFIRMED.days,
    )


@private_page
@sensitive_variables()
def confirm(request: HttpRequest, key: uuid.UUID, signature: str) -> HttpResponse:
    """Ask, and confirm when the form is sent: programs that look at links change nothing."""
    reminder = reminders.CONFIRM_LINK.find(key, signature)
    if reminder is None:
        return show_not_valid(request)
    if answer := elsewhere(request, reminder.run.version.language):
        return answer
    is_done, error = reminder.confirmed_at is not None, ""
    if request.method == "POST" and not is_done:
        if is_same_origin(request):
            is_done = reminders.confirm(reminder)
            if not is_done:
                return show_not_valid(request)
        else:
            error = str(NOT_SAME_ORIGIN)
    title = _("Reminders are on") if is_done else _("Do you want reminders?")
    return _show_answer(request, reminder, title, is_done=is_done, error=error)


# Mail programs send the form by themselves (RFC 8058): the signed link is what protects it.
@private_page
@sensitive_variables()
def leave(request: HttpRequest, key: uuid.UUID, signature: str) -> HttpResponse:
    """Ask, and end the reminders when the form is sent."""
    reminder = reminders.LEAVE_LINK.find(key, signature)
    if reminder is None:
        return show_not_valid(request)
    if answer := elsewhere(request, reminder.run.version.language):
        return answer
    is_done = request.method == "POST"
    if is_done:
        reminders.end(reminder)
    title = _("No more reminders") if is_done else _("End the reminders?")
    return _show_answer(request, reminder, title, is_done=is_done, is_leaving=True)


def _show_answer(
    request: HttpRequest,
    reminder: PlanReminder,
    title: str,
    *,
    is_done: bool,
    is_leaving: bool = False,
    error: str = "",
) -> HttpResponse:
    return show(
        request,
        "reminder_answer",
        title,
        version=reminder.run.version,
        days=reminders.BEFORE.days,
        deleted_on=deleted_on(reminder.run),
        is_done=is_done,
        is_leaving=is_leaving,
        error=error,
    )

"""The link of a run by mail, only if somebody asks for it: the address is not kept with the run."""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.filling.links import RUN_LINK, address
from checks.filling.pages import show, with_run
from checks.models import CheckRun
from checks.retention import deleted_on
from cms.jobs.mail_queue import queue_mail
from cms.repeated_forms import earlier_answer, forget, remember_answer
from cms.spam_protection.honeypot import HoneypotMixin
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from cms.spam_protection.throttling import Throttle
from regions.finder.selected_region import keeping

#: A training room asks for many links from one address.
THROTTLE = Throttle("check-mail", most=30, seconds=10 * 60)
#: Nobody's mailbox is filled by others, from however many connections.
THROTTLE_OF_RECIPIENT = Throttle("check-mail-to", most=5, seconds=24 * 60 * 60)


class MailLinkForm(HoneypotMixin, forms.Form):
    """Where the link is mailed."""

    form_key = "check-mail"

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("Used for this one mail, and not kept with your answers."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Please enter your e-mail address."),
            "invalid": gettext_lazy(
                "Please check the e-mail address, for example name@example.org."
            ),
        },
    )


@with_run
def mail_link(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Ask for an address, and mail the link there."""
    form = MailLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not is_same_origin(request):
            form.add_error(None, NOT_SAME_ORIGIN)
        elif form.is_valid() and _mail_once(request, form, run):
            return redirect(keeping(request, address(run, "check_link_mailed")))
    return show(request, "mail_link", _("Have the link sent to you"), run=run, form=form)


@transaction.atomic
def _mail_once(request: HttpRequest, form: MailLinkForm, run: CheckRun) -> bool:
    """Whether the mail is on its way, by this form or by the same one sent before."""
    if earlier_answer(request):
        return True
    if not THROTTLE.accepts(request):
        forget(request)
        form.add_error(
            None,
            _(
                "Many mails have just been asked for from your connection. Please wait ten "
                "minutes, or keep the address yourself."
            ),
        )
        return False
    email = form.cleaned_data["email"]
    recipient = salted_hmac("checks.mail", email.casefold(), algorithm="sha256").hexdigest()
    if not THROTTLE_OF_RECIPIENT.accepts_from(recipient):
        forget(request)
        form.add_error("email", _("This address has been sent enough links for today."))
        return False
    _queue(run, email)
    remember_answer(request, "sent")
    return True


def _queue(run: CheckRun, recipient: str) -> None:
    """Nothing that was typed stands in the mail: nobody can have us send a text to others."""
    language = run.version.language
    with translation.override(language):
        queue_mail(
            recipient,
            _("Your self-check: %(title)s") % {"title": run.version.title},
            _(
                "Good day,\n\nthis address leads back to your self-check “%(title)s”:\n%(url)s\n\n"
                "Whoever has it can read and change the answers. If nobody uses the check any "
                "more, we delete it on %(date)s.\n\n"
                "If you did not ask for this mail, you need not do anything."
            )
            % {
                "title": run.version.title,
                "url": RUN_LINK.url(run, language),
                "date": date_format(deleted_on(run)),
            },
            forgets_recipient=True,
        )


@with_run
def link_mailed(request: HttpRequest, run: CheckRun) -> HttpResponse:
    """Say that the mail is on its way."""
    return show(request, "link_mailed", _("The link is on its way"), run=run)

"""Enquiries of visitors to a house or to the national desk, and what became of them."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.contact import phone_link
from cms.models.sides import SENDER_SIDES
from regions.models.region import Region

MESSAGE_LENGTH = 2000


class Status(models.TextChoices):
    """Where the work on an enquiry stands."""

    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


#: Somebody waits for an answer.
OPEN = (Status.NEW, Status.IN_PROGRESS)


class Enquiry(models.Model):
    """What a visitor wrote; seen by the house it went to only.

    Deleted 12 months after it was settled (``regions.enquiries.retention``).
    Without a region it is for the national desk.
    """

    changes_public_pages = False

    # The usage view of a page would show enquiries about it to everybody who edits the page.
    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enquiries",
        verbose_name=_("house"),
    )
    subject_page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    subject_title = models.CharField(_("about"), max_length=255, blank=True)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation or company"), max_length=160, blank=True)
    side = models.CharField(_("side"), max_length=12, choices=SENDER_SIDES)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    message = models.TextField(_("message"), max_length=MESSAGE_LENGTH)
    language = models.CharField(max_length=10, default="de", editable=False)
    consent_at = models.DateTimeField(_("agreed to be stored"), default=timezone.now)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked after by"),
    )
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    agreed_to_handover_at = models.DateTimeField(_("agreed to be handed over"), null=True)

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ("-created_at", "-pk")
        # Wagtail and Django would offer rights that nothing here asks for.
        default_permissions = ()
        indexes = [
            models.Index(fields=("region", "status", "-created_at"), name="enquiry_of_region"),
            models.Index(
                fields=("closed_at",),
                condition=models.Q(closed_at__isnull=False),
                name="enquiry_closed",
            ),
        ]

    def __str__(self) -> str:
        """Names nobody: it may reach a log."""
        return f"{self._meta.verbose_name} {self.uuid}"

    @property
    def sender(self) -> str:
        """Who wrote, in a line."""
        return f"{self.name}, {self.organisation}" if self.organisation else self.name

    @property
    def phone_link(self) -> str:
        """Where a click on the number leads."""
        return phone_link(self.phone)

    @property
    def admin_url(self) -> str:
        """Where its people work on it."""
        return reverse("enquiry", args=[self.uuid])


class EnquiryEvent(models.Model):
    """One step in the history of an enquiry: who, when, what, and a note."""

    changes_public_pages = False

    class Kind(models.TextChoices):
        """The steps that the history of an enquiry can hold."""

        RECEIVED = "received", _("Received")
        TAKEN = "taken", _("Taken over")
        PASSED_ON = "passed_on", _("Passed on in the house")
        STATUS = "status", _("Status changed")
        NOTE = "note", _("Note")
        ANSWER = "answer", _("Answered by e-mail")
        HANDED_OVER = "handed_over", _("Handed over")
        TAKEN_IN = "taken_in", _("Came from elsewhere")

    wagtail_reference_index_ignore = True

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="events")
    # Who may read the step: the house it happened in, the national desk where there is none.
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=12, choices=Kind)
    status = models.CharField(max_length=12, choices=Status, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step of an enquiry")
        verbose_name_plural = _("steps of an enquiry")
        ordering = ("created_at", "pk")
        default_permissions = ()

    def __str__(self) -> str:
        return self.get_kind_display()

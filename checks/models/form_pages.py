"""Forms that houses make themselves: requests, registrations, surveys."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractFormField, AbstractFormSubmission, FormMixin
from wagtail.fields import RichTextField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from checks.forms import FormPageForm
from checks.models.pages import new_identifier
from cms.blocks.rich_text import TEXT_FEATURES
from cms.delivery.page_cache import end_answer_at
from cms.models import BasePage, SiteSettings
from cms.working_days import LAST_YEAR, midnight
from regions.access import house_of, region_of

#: Kinds of fields; the names are those of Wagtail's form builder.
FIELD_KINDS = (
    ("singleline", _("Short text")),
    ("multiline", _("Long text")),
    ("email", _("E-mail")),
    ("number", _("Whole number")),
    ("checkbox", _("One box to tick")),
    ("radio", _("One of several answers")),
    ("checkboxes", _("Several answers")),
)


def in_two_months() -> datetime.date:
    """Until then a new form is open."""
    return timezone.localdate() + datetime.timedelta(days=60)


class FormPage(FormMixin, BasePage):
    """A form with purpose and period: a registration, a request, a survey.

    The page introduces it, and stays in the page cache. What people fill in goes to an address of
    its own (:mod:`checks.requests`), as a post through the page would need a cookie. It is read in
    Wagtail's list of submissions by whoever owns the page, and by nobody else.
    """

    class Notify(models.TextChoices):
        """Who is told by mail that something has come; never what."""

        NOBODY = "niemand", _("nobody")
        LEADS = "leitung", _("the leads of the house")
        ALL = "alle", _("everybody in the house")

    class Keep(models.IntegerChoices):
        """How many days after the form has closed its answers are kept."""

        MONTH = 30, _("30 days")
        QUARTER = 90, _("90 days")
        HALF_YEAR = 180, _("180 days")
        YEAR = 365, _("365 days")

    introduction = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)
    purpose = models.TextField(
        _("purpose"),
        max_length=300,
        help_text=_("What the answers are used for, in a sentence. Shown above the form."),
    )
    closes_on = models.DateField(
        _("open until"), default=in_two_months, help_text=_("The last day on which one can answer.")
    )
    keep_days = models.PositiveSmallIntegerField(
        _("delete answers so long after"), choices=Keep.choices, default=Keep.QUARTER
    )
    notify = models.CharField(
        _("who is told by mail"),
        max_length=8,
        choices=Notify.choices,
        default=Notify.LEADS,
        help_text=_("The mail only says that something has come. It is read here."),
    )
    thanks = models.TextField(
        _("thanks"), max_length=300, blank=True, help_text=_("Shown after sending.")
    )

    # FormMixin's own form looks for labels of the same name; ours compares identifiers.
    base_form_class = FormPageForm  # type: ignore[assignment,misc]
    template = "pages/form_page.html"
    page_description = _("A registration, a request or a survey that people fill in.")
    parent_page_types = ["home.HomePage", "regions.HousePage"]
    subpage_types: list[str] = []
    share_image = "haus"
    preview_modes = [("", _("Introduction and fields"))]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("purpose"),
        InlinePanel("form_fields", heading=_("Fields"), label=_("Field"), min_num=1),
        FieldPanel("thanks"),
    ]
    details_panels = [
        MultiFieldPanel([FieldPanel("closes_on"), FieldPanel("keep_days")], heading=_("How long")),
        FieldPanel("notify"),
    ]

    class Meta:
        verbose_name = _("Form")
        verbose_name_plural = _("Forms")

    def clean(self) -> None:
        """Refuse a year that nobody means: 9999 for “no end” has no day after it."""
        super().clean()
        if self.closes_on and self.closes_on.year > LAST_YEAR:
            raise ValidationError({"closes_on": gettext("Please check the year.")})

    @property
    def closes_at(self) -> datetime.datetime:
        """The end of the last day."""
        return midnight(self.closes_on + datetime.timedelta(days=1))

    @property
    def is_closed(self) -> bool:
        """Whether the last day is over, or there is nobody any more who would read answers."""
        return self.house_is_closed or self.closes_at <= timezone.now()

    @property
    def house_is_closed(self) -> bool:
        """Whether its house is archived: nobody works there any more."""
        return bool(self.region and self.region.is_archived)

    @property
    def read_by(self) -> str:
        """Who reads what is sent: never the house that the visitor has chosen, as the contact is.

        The same as :mod:`checks.requests.access` decides.
        """
        if house := house_of(self):
            return house.title
        settings = SiteSettings.load(request_or_site=getattr(self, "shown_for", None))
        return settings.contact.organisation

    def can_move_to(self, parent: Page) -> bool:
        """Not to others once something was sent: who reads it was said above the form."""
        stays = region_of(parent) == self.region or not FormEntry.objects.filter(page=self).exists()
        return stays and super().can_move_to(parent)

    @property
    def deletes_on(self) -> datetime.date:
        """The day on which what is sent now is deleted."""
        return self.closes_on + datetime.timedelta(days=self.keep_days)

    def get_submission_class(self) -> type["FormEntry"]:
        """Our own, which knows its day of deletion."""
        return FormEntry

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The introduction, whatever is posted; from its end on it says that it is closed."""
        if not self.is_closed:
            end_answer_at(request, self.closes_at)
        return Page.serve(self, request, *args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The introduction, with the fields below it."""
        return Page.serve_preview(self, request, mode_name)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        """Add that the fields are shown: whoever approves sees what is asked."""
        return {**Page.get_preview_context(self, request, mode_name), "shows_fields": True}


class FormPageField(TranslatableMixin, AbstractFormField):
    """A field of a form, in the order of the editor; ``clean_name`` identifies it."""

    changes_public_pages = True

    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("kind"), max_length=16, choices=FIELD_KINDS)
    choices = models.TextField(
        _("answers"), blank=True, help_text=_("For choices only: one a line.")
    )
    default_value = models.TextField(blank=True, editable=False)

    panels = [
        FieldPanel("field_type"),
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldPanel("choices"),
        FieldPanel("required"),
    ]
    override_translatable_fields = [
        SynchronizedField("clean_name", overridable=False),
        SynchronizedField("default_value", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, AbstractFormField.Meta):
        verbose_name = _("field")
        verbose_name_plural = _("fields")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.clean_name = self.clean_name or new_identifier()

    def __str__(self) -> str:
        return self.label


class FormEntry(AbstractFormSubmission):
    """What somebody has sent by a form: no address, browser or referrer is kept with it."""

    changes_public_pages = False
    wagtail_reference_index_ignore = True

    #: As it was promised when it was sent, whatever is changed in the form since.
    delete_on = models.DateField(db_index=True)
    #: Whether a mail has said since that something came, or nobody wants one.
    is_told = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("entry of a form")
        verbose_name_plural = _("entries of forms")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=("page",), condition=models.Q(is_told=False), name="form_entry_not_told"
            )
        ]

    def __str__(self) -> str:
        """Says nothing of its content: it may reach a log."""
        return f"{self._meta.verbose_name} {self.pk}"

"""Self-checks: the pages that hold the questions, and their versions.

F42: two self-checks, for organisations and for companies, in sections of the guide. F47: source
and version are named.
"""

import uuid
from collections.abc import Callable
from functools import cached_property
from typing import ClassVar, TypedDict

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractFormField, FormMixin
from wagtail.fields import RichTextField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from checks import definition
from checks.forms import SelfCheckForm
from cms.blocks.rich_text import TEXT_FEATURES
from cms.models import BasePage, FreshnessMixin
from cms.models.sides import Side
from search.list_page import ListPage
from search.presets import Preset

Preview = Callable[["SelfCheckPage", HttpRequest], HttpResponse]


class KeptFor(TypedDict):
    """For how long answers are kept, as pages say it."""

    draft_days: int
    keep_months: int


def kept_for() -> KeptFor:
    """For how long answers are kept, as pages say it."""
    return {
        "draft_days": settings.CHECK_DRAFT_DAYS,
        "keep_months": settings.CHECK_KEEP_DAYS * 12 // 365,
    }


def new_identifier() -> str:
    """Of a question or field: it survives rewording, reordering and translation."""
    return uuid.uuid4().hex


class SelfCheckIndexPage(ListPage):
    """``/checks/``: all self-checks, nationwide."""

    template = "pages/list_page.html"
    page_description = _("Lists the self-checks.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["checks.SelfCheckPage"]
    share_image = "verantwortung"

    preset = Preset(types=("selbstcheck",), default_sort="titel")

    class Meta:
        verbose_name = _("List of self-checks")
        verbose_name_plural = _("Lists of self-checks")


class SelfCheckPage(FormMixin, FreshnessMixin, BasePage):
    """A self-check: sections of questions, each with advice.

    The page only introduces it. Answers go to an address of their own (:mod:`checks.filling`):
    a post through the page would need a cookie, and Wagtail's submissions can be read by whoever
    may edit the page.
    """

    audience = models.CharField(
        _("for whom"),
        max_length=12,
        choices=[(Side.ZO, Side.ZO.label), (Side.KMU, Side.KMU.label)],
    )
    is_draft = models.BooleanField(
        _("draft, not the original check"),
        default=True,
        help_text=_("Shown on every page of the check until the original questions are in."),
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("What the questions rest on, with its year or version."),
    )
    introduction = RichTextField(_("introduction"), features=TEXT_FEATURES, blank=True)

    # FormMixin's own form looks for labels of the same name; ours compares identifiers.
    base_form_class = SelfCheckForm  # type: ignore[assignment,misc]
    template = "pages/self_check_page.html"
    page_description = _("Questions by which an organisation sees where it stands, with advice.")
    parent_page_types = ["checks.SelfCheckIndexPage"]
    subpage_types: list[str] = []
    share_image = "verantwortung"
    #: :mod:`checks.preview` adds further ones: it knows the models, and not they it.
    preview_modes = [("", _("Introduction, questions, advice"))]
    previews: ClassVar[dict[str, Preview]] = {}

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        InlinePanel(
            "form_fields",
            heading=_("Sections and questions"),
            label=_("Section or question"),
            min_num=1,
            help_text=_("A section begins a new page; the questions below it belong to it."),
        ),
    ]
    details_panels = [
        FieldPanel("audience"),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("is_draft")], heading=_("Source")),
        FreshnessMixin.freshness_panel,
    ]

    class Meta:
        verbose_name = _("Self-check")
        verbose_name_plural = _("Self-checks")

    @property
    def head_kind(self) -> StrOrPromise:
        """Titles of checks read like those of guides."""
        return _("Self-check")

    @cached_property
    def definition(self) -> definition.Definition:
        """The questions as they stand on the page: a draft's in a preview."""
        return definition.from_rows(self.form_fields.all())

    def current_version(self) -> "CheckVersion":
        """The version that is begun now: the last one published."""
        # Live without Wagtail's signal, as pages of a fixture are.
        return self.versions.order_by("number").last() or freeze(self)

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add how long answers are kept."""
        return {**super().get_context(request, *args, **kwargs), **kept_for()}

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The introduction, whatever is posted: answers have an address of their own."""
        return Page.serve(self, request, *args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """One of :attr:`preview_modes`; the introduction for a mode that is unknown."""
        if mode_name in self.previews:
            return self.previews[mode_name](self, request)
        return Page.serve_preview(self, request, mode_name)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        """Add that all questions are shown with their advice."""
        return {**Page.get_preview_context(self, request, mode_name), "shows_questions": True}


class CheckItem(TranslatableMixin, AbstractFormField):
    """A section or a question of a check, in the order of the editor.

    ``clean_name`` identifies it: an id of the imported file, else a UUID.
    """

    changes_public_pages = True

    page = ParentalKey(SelfCheckPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(
        _("kind"), max_length=16, choices=definition.KINDS, default=definition.NEED
    )
    label = models.CharField(
        _("question, or title of the section"),
        max_length=255,
        help_text=_("One plain question. For need for action: one that “works well” answers."),
    )
    help_text = models.TextField(_("help"), blank=True)
    choices = models.TextField(
        _("answers"),
        blank=True,
        help_text=_("For choices only: one a line, and its advice after a bar: Yes | Advice"),
    )
    required = models.BooleanField(default=False, editable=False)
    default_value = models.TextField(blank=True, editable=False)
    advice = models.TextField(
        _("advice"), blank=True, help_text=_("The next step where there is need for action.")
    )
    advice_urgent = models.TextField(
        _("advice where it is urgent"), blank=True, help_text=_("Empty: the same advice.")
    )
    source = models.CharField(
        _("chapter"), max_length=120, blank=True, help_text=_("Where the guide says so.")
    )
    tags = models.CharField(
        _("keywords"),
        max_length=200,
        blank=True,
        help_text=_("Separated by commas. By them the result finds fitting pages."),
    )
    meaning = models.PositiveSmallIntegerField(
        _("edition of the question"),
        default=1,
        help_text=_("Raise it when a changed question means something else: no comparison then."),
    )

    panels = [
        FieldPanel("field_type"),
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldPanel("choices"),
        FieldPanel("advice"),
        FieldPanel("advice_urgent"),
        FieldPanel("source"),
        FieldPanel("tags"),
        FieldPanel("meaning"),
    ]
    override_translatable_fields = [
        SynchronizedField("clean_name", overridable=False),
        SynchronizedField("default_value", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, AbstractFormField.Meta):
        verbose_name = _("section or question")
        verbose_name_plural = _("sections and questions")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # Before it is saved, too: previews and comparisons ask for it.
        self.clean_name = self.clean_name or new_identifier()

    def __str__(self) -> str:
        return self.label


class CheckVersion(models.Model):
    """The questions of a check as they were when it was published; never changed."""

    changes_public_pages = True
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        SelfCheckPage, on_delete=models.SET_NULL, null=True, related_name="versions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=10)
    audience = models.CharField(max_length=12)
    source = models.CharField(max_length=200)
    is_draft = models.BooleanField()
    questions = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of a self-check")
        verbose_name_plural = _("versions of self-checks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=("page", "number"), name="version_of_check"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @cached_property
    def definition(self) -> definition.Definition:
        """The questions that this version has frozen."""
        return definition.Definition.from_json(self.questions)

    def is_like(self, other: "CheckVersion") -> bool:
        """Whether visitors would see the same."""
        names = ("title", "language", "audience", "source", "is_draft", "definition")
        return all(getattr(self, name) == getattr(other, name) for name in names)


def next_version(page: SelfCheckPage) -> CheckVersion:
    """What publishing ``page`` as it stands would freeze; not saved."""
    last = page.versions.order_by("number").last() if page.pk else None
    return CheckVersion(
        page=page,
        number=(last.number if last else 0) + 1,
        title=page.title,
        language=page.locale.language_code,
        audience=page.audience,
        source=page.source,
        is_draft=page.is_draft,
        questions=page.definition.as_json(),
    )


def freeze(page: SelfCheckPage) -> CheckVersion:
    """The version of what ``page`` shows now; a new one only where something differs."""
    version = next_version(page)
    last = page.versions.order_by("number").last()
    if last and last.is_like(version):
        return last
    version.save()
    return version

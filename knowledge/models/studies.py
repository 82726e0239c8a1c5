"""Studies and background articles (F3: a library of scientific studies, F48: research reports)."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import BodyBlock, StreamField
from cms.blocks.lists import DownloadBlock
from cms.delivery.term_choices import TermCheckboxes
from cms.models import BasePage, FreshnessMixin
from cms.structured_data import article
from knowledge.choices import CLOSED, LICENCE_CHOICES, PUBLICATION_LICENCES, StudyKind
from knowledge.context import knowledge_context
from knowledge.doi import doi_url, normalize_doi
from search.list_page import ListPage
from search.presets import Preset
from search.registry import TOPIC_FACET


class DoiField(models.CharField[str, str]):
    """A DOI, stored bare whatever was pasted; refused where it is none."""

    def clean(self, value: str, model_instance: models.Model | None) -> str:
        """The bare DOI.

        Raises:
            ValidationError: where it is none.
        """
        return super().clean(normalize_doi(value or ""), model_instance)


class StudyIndexPage(ListPage):
    """``/studien/``: studies and background articles, by kind, year and topic."""

    template = "pages/list_page.html"
    page_description = _("Lists studies and background articles.")
    menu = "footer"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.StudyPage"]
    share_image = "nachricht"

    preset = Preset(types=("studie",), facets=("studienart", "jahr", TOPIC_FACET))

    class Meta:
        verbose_name = _("List of studies")
        verbose_name_plural = _("Lists of studies")


class StudyPage(FreshnessMixin, BasePage):
    """A publication of others or of ours: how to cite it, and what it says in plain words."""

    kind = models.CharField(
        _("kind of publication"), max_length=20, choices=StudyKind.choices, default=StudyKind.STUDY
    )
    authors = models.TextField(
        _("authors"),
        help_text=_("One per line: people as “Muster, Erika”, organisations as they are called."),
    )
    year = models.PositiveSmallIntegerField(
        _("year of publication"), null=True, blank=True, validators=[MinValueValidator(1900)]
    )
    published_in = models.CharField(
        _("published in"),
        max_length=250,
        blank=True,
        help_text=_(
            "Journal with volume and pages, or series with number, or publisher and place."
        ),
    )
    doi = DoiField(
        _("DOI"),
        max_length=200,
        blank=True,
        help_text=_("For example 10.1000/182; an address that begins with doi.org will do, too."),
    )
    source_url = models.URLField(
        _("address elsewhere"), blank=True, help_text=_("Where one can read it, without a DOI.")
    )
    licence = models.CharField(
        pgettext_lazy("of a publication", "licence"),
        max_length=20,
        choices=LICENCE_CHOICES,
        blank=True,
        help_text=_("What is said in it. Needed before the file may be offered here."),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("in plain words"),
        help_text=_("What was asked, what was found, what follows: for people in a hurry."),
    )
    file = StreamField(
        # The field around it says that it is a file.
        [("download", DownloadBlock(label=_("Title and document")))],
        blank=True,
        max_num=1,
        verbose_name=_("file to download"),
    )
    topics = ParentalManyToManyField(
        "cms.Term",
        verbose_name=_("topics"),
        related_name="+",
        blank=True,
        limit_choices_to={"vocabulary": "topic"},
    )

    template = "pages/study_page.html"
    page_description = _("A study or a background article: how to cite it, and what it says.")
    parent_page_types = ["knowledge.StudyIndexPage"]
    subpage_types: list[str] = []
    share_image = "nachricht"
    open_graph_type = "article"

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("authors"),
                FieldRowPanel([FieldPanel("year"), FieldPanel("kind")]),
                FieldPanel("published_in"),
                FieldRowPanel([FieldPanel("doi"), FieldPanel("source_url")]),
            ],
            heading=_("How to cite it"),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("licence"), FieldPanel("file")], heading=_("The file")),
    ]
    details_panels = [
        FieldPanel(
            "topics",
            widget=TermCheckboxes,
            help_text=_(
                "What is it about? People filter by it, and related pages are chosen by it."
            ),
        ),
        FreshnessMixin.freshness_panel,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("authors"),
    ]
    # A citation is the same in every language; selections of many have to be named.
    override_translatable_fields = [
        SynchronizedField(name)
        for name in ("kind", "authors", "year", "published_in", "doi", "source_url", "licence")
    ] + [SynchronizedField("topics", overridable=False)]

    class Meta:
        verbose_name = _("Study or background article")
        verbose_name_plural = _("Studies and background articles")

    def clean(self) -> None:
        """Refuse a year to come, and a file that nobody may pass on."""
        super().clean()
        if self.year and self.year > timezone.localdate().year:
            raise ValidationError({"year": _("The year of publication lies in the future.")})
        if self.file and self.licence in CLOSED:
            message = _(
                "We may offer the file only if its licence or its owner allows it. Choose the "
                "licence, or remove the file and link to it instead."
            )
            raise ValidationError({"licence": message})

    @property
    def author_names(self) -> list[str]:
        """The authors, as they are cited."""
        return [line.strip() for line in self.authors.splitlines() if line.strip()]

    @property
    def link(self) -> str:
        """Where it is: by its DOI, which stays, else by its address."""
        return doi_url(self.doi) or self.source_url

    @property
    def licence_url(self) -> str:
        """What the licence says in full; empty where that stands nowhere."""
        licence = PUBLICATION_LICENCES.get(self.licence)
        return licence.url if licence else ""

    @property
    def citation(self) -> str:
        """How to cite it, without the link: authors, year, title and where it was published."""
        named = "; ".join(self.author_names)
        who = f"{named} ({self.year})" if self.year else named
        what = " ".join(_sentence(part) for part in (self.title, self.published_in) if part)
        return f"{who}: {what}"

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """The publication itself, by its authors, not the page about it."""
        data = article(self, request, "ScholarlyArticle")
        doi = {"@type": "PropertyValue", "propertyID": "DOI", "value": self.doi}
        return data | {
            "author": [_author(name) for name in self.author_names],
            "datePublished": str(self.year) if self.year else None,
            "isPartOf": {"@type": "CreativeWork", "name": self.published_in},
            "identifier": doi if self.doi else None,
            "sameAs": self.link,
            "license": self.licence_url,
        }

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add the topics, and what is on in the chosen region."""
        context = super().get_context(request, *args, **kwargs)
        return context | knowledge_context(request, self.topics.all())


def _author(name: str) -> dict[str, str]:
    """A person is cited by the last name first, an organisation as it is called."""
    return {"@type": "Person" if "," in name else "Organization", "name": name}


def _sentence(text: str) -> str:
    """With a full stop, unless it ends in a mark of its own."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."

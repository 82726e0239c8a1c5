"""What patterns and cases share: four facets, both benefits, direction, next step."""

from functools import cache

from django.db import connection, models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.delivery.cached_terms import known_terms
from cms.delivery.term_choices import TermCheckboxes
from cms.models import Term
from examples.choices import Direction

FACET_FIELDS = {
    "topics": "topic",
    "parties": "party",
    "procedures": "procedure",
    "results": "result",
}


def term_field(
    vocabulary: str, label: StrOrPromise, help_text: StrOrPromise
) -> ParentalManyToManyField:
    """A choice of terms of one vocabulary, required for publishing."""
    return ParentalManyToManyField(
        "cms.Term",
        verbose_name=label,
        help_text=help_text,
        limit_choices_to={"vocabulary": vocabulary},
        related_name="%(app_label)s_%(class)s_" + vocabulary,
    )


@cache
def _chosen_sql(model: type[models.Model]) -> str:
    """The ids of the chosen terms of a page; not compiled for every visit, which costs more."""
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.many_to_many if field.name in FACET_FIELDS]
    return " UNION ALL ".join(
        f"SELECT {quote(field.m2m_reverse_name())} FROM {quote(field.m2m_db_table())} "  # noqa: S608
        f"WHERE {quote(field.m2m_column_name())} = %s"
        for field in fields
    )


class CooperationMixin(models.Model):
    """Fields of patterns and cases.

    F6: the four facets. F53: the benefit for both sides. F55: a next step. F57: who supports whom.
    """

    topics = term_field("topic", _("topics"), _("What is it about?"))
    parties = term_field("party", _("parties involved"), _("Who takes part?"))
    procedures = term_field("procedure", _("procedures"), _("How do they work together?"))
    results = term_field("result", _("results"), _("What comes of it?"))
    benefit_zo = models.TextField(
        _("benefit for the organisation"),
        help_text=_("What does the association, initiative or charity gain?"),
    )
    benefit_kmu = models.TextField(
        _("benefit for the company"), help_text=_("What does the company gain?")
    )
    direction = models.CharField(_("direction"), max_length=20, choices=Direction.choices)
    next_step = models.TextField(
        _("first next step"),
        help_text=_("What can somebody do tomorrow who wants something like this?"),
    )

    facet_panel = MultiFieldPanel(
        [FieldPanel(name, widget=TermCheckboxes, required_on_save=False) for name in FACET_FIELDS],
        heading=_("Topics, parties, procedures, results"),
        help_text=_("By these four, people find the page."),
    )
    benefit_panel = MultiFieldPanel(
        [FieldPanel("benefit_zo"), FieldPanel("benefit_kmu")],
        heading=_("What both sides gain"),
        help_text=_("Both are needed: a cooperation that helps only one side is none."),
    )

    # wagtail-localize leaves out selections of many unless they are named.
    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in FACET_FIELDS
    ]

    class Meta:
        abstract = True

    @cached_property
    def terms(self) -> dict[str, list[Term]]:
        """The chosen terms by facet field, from one query for a published page."""
        if getattr(self, "_cluster_related_objects", None):
            return {name: list(getattr(self, name).all()) for name in FACET_FIELDS}
        known = known_terms()
        # Which terms exist is known; which are chosen is one question for all four fields.
        with connection.cursor() as cursor:
            cursor.execute(_chosen_sql(type(self)), [self.pk] * len(FACET_FIELDS))
            ids = {pk for (pk,) in cursor.fetchall()}
        terms = [term for pk, term in known.items() if pk in ids]
        return {
            name: [term for term in terms if term.vocabulary == vocabulary]
            for name, vocabulary in FACET_FIELDS.items()
        }

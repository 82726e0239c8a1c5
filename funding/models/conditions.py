"""What a programme asks of those who apply: who, where, until when, with how much of their own."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.blocks import StreamField
from funding.area_text import ParsedArea, described, parse
from funding.blocks import RoundBlock, as_round
from funding.choices import Applicant, DeadlineKind, Role
from funding.deadlines import Round, State, Status, status
from funding.fit import Programme
from funding.models.area_field import AreaField
from funding.places import directory
from funding.wording import deadline_text

#: Bounds of a share of the costs.
PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


def role_field(applicant: Applicant) -> "models.CharField[str, str]":
    """How one kind of applicant may take part; empty for not named."""
    return models.CharField(applicant.label, max_length=10, choices=Role.choices, blank=True)


class ApplicantsMixin(models.Model):
    """Who may apply and who may be partner: one field for each kind of applicant."""

    role_association = role_field(Applicant.ASSOCIATION)
    role_ggmbh = role_field(Applicant.GGMBH)
    role_nonprofit = role_field(Applicant.NONPROFIT)
    role_initiative = role_field(Applicant.INITIATIVE)
    role_small_company = role_field(Applicant.SMALL_COMPANY)
    role_medium_company = role_field(Applicant.MEDIUM_COMPANY)
    role_intermediary = role_field(Applicant.INTERMEDIARY)
    role_municipality = role_field(Applicant.MUNICIPALITY)
    role_school = role_field(Applicant.SCHOOL)

    ROLE_FIELDS = {applicant: f"role_{applicant.name.lower()}" for applicant in Applicant}

    applicants_panel = MultiFieldPanel(
        [FieldPanel(name) for name in ROLE_FIELDS.values()],
        heading=_("Who may apply?"),
        help_text=_(
            "Choose only for those whom the funder names. If all are empty, visitors are asked to "
            "check; if one is chosen, the others are told that it is not for them."
        ),
    )

    class Meta:
        abstract = True

    @property
    def roles(self) -> dict[str, str]:
        """Role by kind of applicant, for those who are named."""
        named = {who: getattr(self, name) for who, name in self.ROLE_FIELDS.items()}
        return {who: role for who, role in named.items() if role}

    @property
    def who_may_apply(self) -> list[tuple[str, str]]:
        """Name and role of those who are named, for the page."""
        return [(str(Applicant(who).label), str(Role(r).label)) for who, r in self.roles.items()]


class ConditionsMixin(ApplicantsMixin):
    """Area, deadlines and conditions, and the programme as :mod:`funding.fit` compares it."""

    area = AreaField(
        _("where it applies"),
        help_text=_(
            "One line for each part: Bund, a federal state, a district or a postal code, also with "
            "“ohne”: “Bayern ohne Landkreis München”. Not where the funder sits."
        ),
    )
    rural_only = models.BooleanField(
        _("only in rural areas"),
        default=False,
        help_text=_("If the funder says so without naming places. Visitors are asked to check."),
    )
    deadline_kind = models.CharField(
        _("deadlines"),
        max_length=20,
        choices=DeadlineKind.choices,
        default=DeadlineKind.UNKNOWN,
    )
    rounds = StreamField([("round", RoundBlock())], blank=True, verbose_name=_("rounds"))
    own_share = models.PositiveSmallIntegerField(
        _("own contribution in percent"), null=True, blank=True, validators=PERCENT
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age of the organisation in years"), null=True, blank=True
    )
    not_begun = models.BooleanField(_("the project must not have begun"), default=False)
    de_minimis = models.BooleanField(
        _("de minimis aid"), default=False, help_text=_("As the funder's guideline says.")
    )
    further_conditions = models.TextField(
        _("further conditions"),
        blank=True,
        help_text=_("One a line, in a few words. Visitors are asked to check each."),
    )

    area_panel = MultiFieldPanel(
        [FieldPanel("area"), FieldPanel("rural_only")], heading=_("Where does it apply?")
    )
    deadline_panel = MultiFieldPanel(
        [FieldPanel("deadline_kind"), FieldPanel("rounds")], heading=_("Until when?")
    )
    conditions_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("own_share"), FieldPanel("minimum_age")]),
            FieldPanel("not_begun"),
            FieldPanel("de_minimis"),
            FieldPanel("further_conditions"),
        ],
        heading=_("Conditions"),
    )

    override_translatable_fields = [SynchronizedField("area", overridable=False)]

    class Meta:
        abstract = True

    @property
    def parsed_area(self) -> ParsedArea:
        """The area as it was read, with what could not be."""
        return parse(self.area, directory())

    @property
    def area_in_words(self) -> str:
        """The area in a few words."""
        return described(self.parsed_area.area, directory())

    @property
    def all_rounds(self) -> list[Round]:
        """The rounds that have a last day, in the order of the editor."""
        blocks = (block.value for block in self.rounds)
        return [as_round(value) for value in blocks if value.get("closes_on")]

    def deadline_status(self, now: datetime | None = None) -> Status:
        """How the deadlines stand at ``now``, by default at this moment."""
        return status(self.deadline_kind, self.all_rounds, now or timezone.now())

    @property
    def deadline_in_words(self) -> str:
        """How the deadlines stand, in one line."""
        now = timezone.now()
        return deadline_text(self.deadline_kind, self.deadline_status(now), now)

    @property
    def is_over(self) -> bool:
        """Whether one can no longer apply, whatever may come."""
        return self.deadline_status().state == State.OVER

    @property
    def conditions(self) -> list[str]:
        """Further conditions, one each."""
        return [line.strip() for line in self.further_conditions.splitlines() if line.strip()]

    def as_programme(self, now: datetime) -> Programme:
        """What is compared with whoever asks."""
        area = self.parsed_area.area
        return Programme(
            roles=self.roles,
            area=area,
            area_text=described(area, directory()),
            deadline=self.deadline_status(now),
            deadline_kind=self.deadline_kind,
            rural_only=self.rural_only,
            own_share=self.own_share,
            minimum_age=self.minimum_age,
            not_begun=self.not_begun,
            de_minimis=self.de_minimis,
            to_check=tuple(self.conditions),
        )

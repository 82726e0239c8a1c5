"""What the national desk maintains of the search: words that mean the same, promoted results."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, Revision, RevisionMixin

from search.analysis.thesaurus import Line, LineKind, key_of
from search.models.entries import Entry
from search.thesaurus_rules import lines_of, problems_of


class ThesaurusEntry(DraftStateMixin, RevisionMixin, models.Model):
    """Words that the search takes for the same, or for the same matter in the other world.

    Effective when published, without restart or reindex. A change is published by somebody else
    than the person who wrote it.
    """

    changes_public_pages = True

    kind = models.CharField(
        _("what the words have in common"),
        max_length=10,
        choices=[
            (LineKind.SAME.value, _("They mean the same")),
            (LineKind.ONE_WAY.value, _("The first find the others, not the other way round")),
            (
                LineKind.CONCEPT.value,
                _("The same matter in other words, of two worlds or of everyday life"),
            ),
        ],
        default=LineKind.SAME.value,
        help_text=_(
            "What means the same counts for a little less than the word itself and stands below it."
            " The same matter counts for less still and stands for a word only where no page has"
            " it."
        ),
    )
    words = models.TextField(
        pgettext_lazy("thesaurus", "words"),
        help_text=_(
            "One a line, each of up to four words. Of a matter: what companies, or people in"
            " everyday life, say."
        ),
    )
    others = models.TextField(
        _("other words"),
        blank=True,
        help_text=_(
            "Empty for words that mean the same. Of a matter: what civil society, or guide and"
            " programmes, say."
        ),
    )

    panels = [FieldPanel("kind"), FieldPanel("words"), FieldPanel("others")]

    class Meta:
        verbose_name = _("Words of the search")
        verbose_name_plural = _("Words of the search")
        ordering = ["kind", "words"]

    def __str__(self) -> str:
        both = [", ".join(lines_of(text)) for text in (self.words, self.others)]
        return " – ".join(filter(None, both))[:120]

    @property
    def line(self) -> Line:
        """What the search reads of it."""
        return Line(LineKind(self.kind), lines_of(self.words), lines_of(self.others))

    def clean(self) -> None:
        """Refuse what the search could not use, and pairs that must stay apart.

        Raises:
            ValidationError: by field.
        """
        if errors := problems_of(self.line):
            raise ValidationError(errors)

    def may_be_published(self, revision: Revision, user: AbstractBaseUser | None) -> bool:
        """Whether somebody else than ``user`` has written what ``revision`` says."""
        if user is None:
            return False
        same = self.revisions.filter(pk__lte=revision.pk).exclude(user=user)
        wanted = _content(revision)
        return any(_content(other) == wanted for other in same.order_by("-pk"))

    def publish(
        self,
        revision: Revision,
        user: AbstractBaseUser | None = None,
        *args: object,
        **kwargs: object,
    ) -> object:
        """Make ``revision`` effective.

        Raises:
            PermissionDenied: nobody else has written it.
        """
        if not self.may_be_published(revision, user):
            raise PermissionDenied(_("A second person has to publish this change."))
        return super().publish(revision, user, *args, **kwargs)


def _content(revision: Revision) -> tuple[object, ...]:
    return tuple(revision.content.get(name) for name in ("kind", "words", "others"))


class PromotedResult(models.Model):
    """A page that editors put before everything else that some searches find, for a time."""

    changes_public_pages = True

    words = models.TextField(
        _("searches"),
        help_text=_(
            "One search a line. The page is shown where exactly these words are searched for, in"
            " any order and any form."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    reason = models.CharField(
        pgettext_lazy("promoted result", "reason"),
        max_length=160,
        blank=True,
        help_text=_("Shown with the page, for example “Applications until 30 June”."),
    )
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: until somebody deletes it.")
    )

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ("words", "pk")

    def __str__(self) -> str:
        return ", ".join(lines_of(self.words))[:120]

    @property
    def searches(self) -> tuple[str, ...]:
        """The searches that show the page."""
        return lines_of(self.words)

    def clean(self) -> None:
        """Refuse what would never be shown.

        Raises:
            ValidationError: by field.
        """
        errors: dict[str, StrOrPromise] = {}
        if not all(key_of(text) for text in self.searches):
            errors["words"] = _("A line has no word that can be searched for.")
        public = Entry.objects.filter(pk=self.page_id, removed=False)
        if self.page_id and not public.exists():
            errors["page"] = _("The search does not find this page: it is not public, or a list.")
        if self.first_day and self.last_day and self.last_day < self.first_day:
            errors["last_day"] = _("The last day is before the first.")
        if errors:
            raise ValidationError(errors)

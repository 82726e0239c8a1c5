"""Which public pages there are in which language, and which translations lag behind their original.

F27: quality assurance. What was translated, and changed in the original afterwards, is stale until
somebody saves the translation anew and has it reviewed.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page, WorkflowState

from cms.delivery.content_version import cached
from cms.locales import locales


class Coverage(TextChoices):
    """How a page stands in another language."""

    TRANSLATED = "translated", _("translated")
    STALE = "stale", pgettext_lazy("translation", "stale")
    IN_REVIEW = "in-review", _("translation in review")
    BEGUN = "begun", _("begun, not public")
    MISSING = "missing", _("not translated")


def other_languages() -> list[Locale]:
    """The languages that pages are translated into."""
    source = source_language()
    return [locale for pk, locale in sorted(locales().items()) if pk != source.pk]


def source_language() -> Locale:
    """The language of the site, in which originals are written."""
    return next(one for one in locales().values() if one.language_code == settings.LANGUAGE_CODE)


def coverage_field(locale: Locale) -> str:
    """The attribute of a page that says how it stands in a language."""
    return f"coverage_{locale.pk}"


def target_field(locale: Locale) -> str:
    """The attribute of a page that holds the id of its translation."""
    return f"target_{locale.pk}"


def originals(languages: Sequence[Locale]) -> QuerySet[Page]:
    """The public pages in the language of the site, each with how it stands in the others.

    Args:
        languages: the others.
    """
    pages = Page.objects.filter(locale=source_language(), live=True, alias_of=None, depth__gt=1)
    pages = pages.order_by("path")
    for locale in languages:
        targets = Page.objects.filter(
            translation_key=OuterRef("translation_key"), locale=locale, alias_of=None
        ).order_by()
        stands = targets.annotate(stands=_stands()).values("stands")[:1]
        pages = pages.annotate(
            **{
                target_field(locale): Subquery(targets.values("pk")[:1]),
                coverage_field(locale): Coalesce(Subquery(stands), Value(Coverage.MISSING.value)),
            }
        )
    return pages


def standing(languages: Sequence[Locale], coverage: str) -> Q:
    """Pages that stand so in one of the languages at least."""
    found = Q()
    for locale in languages:
        found |= Q(**{coverage_field(locale): coverage})
    return found


def stale_translations() -> QuerySet[Any, Any]:
    """Public translations whose original has changed since and that are not in review.

    Returns:
        Pages, each with the moment of the change as ``changed_at``; the longest waiting first.
    """
    source = source_language()
    if not cached(("translation.coverage", source.pk), lambda: _is_translated(source.pk)):
        return Page.objects.none()
    original = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale=source, live=True
    ).order_by()
    return (
        # By the index on languages: "not German" has none.
        Page.objects.filter(live=True, alias_of=None, locale__in=other_languages())
        .annotate(changed_at=Subquery(original.values("last_published_at")[:1]))
        .filter(GreaterThan(F("changed_at"), _WRITTEN))
        .exclude(_in_review())
        .order_by("changed_at", "pk")
    )


def _is_translated(source_id: int) -> bool:
    """Whether the site has a public page in another language."""
    return Page.objects.live().filter(depth__gt=1).exclude(locale_id=source_id).exists()


#: When the public version of a translation was written.
_WRITTEN = Coalesce(F("live_revision__created_at"), F("last_published_at"))


def _stands() -> Case:
    """How a translation stands: the first of these that holds.

    It is stale if the public version was written before the original was last published. To confirm
    that a page is still right publishes nothing, and so makes nothing stale.
    """
    return Case(
        When(_in_review(), then=Value(Coverage.IN_REVIEW.value)),
        When(live=False, then=Value(Coverage.BEGUN.value)),
        When(LessThan(_WRITTEN, OuterRef("last_published_at")), then=Value(Coverage.STALE.value)),
        default=Value(Coverage.TRANSLATED.value),
        output_field=CharField(),
    )


def _in_review() -> Exists:
    """Whether a page is in review."""
    return Exists(
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
    )

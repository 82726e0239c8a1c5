"""Renditions of pictures that public pages lack.

An upload makes its own (:mod:`cms.models.media`); this makes up for what failed then, was imported
or was lost. What is missing is found by looking at what is public, not by noting publications:
however a page became public, the next round makes up for it. Until then the page shows itself
without the picture (:mod:`cms.templatetags.pictures`).
"""

import logging
import time

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from cms.models import CustomImage, PublicChange
from cms.models.media import PUBLIC_SPECS

logger = logging.getLogger(__name__)

SPECS = PUBLIC_SPECS
#: Other work waits meanwhile; the rest is done in the next round.
BUDGET_SECONDS = 10
#: A picture that cannot be read is left alone for so long.
FAILED_SECONDS = 60 * 60


def unscaled() -> QuerySet[CustomImage]:
    """Pictures on public pages that lack a copy; the newest first."""
    types = ContentType.objects.get_for_models(Page, CustomImage)
    public = Page.objects.live().values(key=Cast("pk", TextField()))
    shown = ReferenceIndex.objects.filter(
        base_content_type=types[Page], object_id__in=public, to_content_type=types[CustomImage]
    )
    made = Count("renditions", filter=Q(renditions__filter_spec__in=SPECS))
    return (
        CustomImage.objects.annotate(made=made, key=Cast("pk", TextField()))
        .filter(made__lt=len(SPECS), key__in=shown.values("to_object_id"))
        .order_by("-pk")
    )


def scale_pictures() -> str:
    """Make what is missing, for some seconds.

    Returns:
        How many pictures are ready now, and how many could not be read.
    """
    deadline = time.monotonic() + BUDGET_SECONDS
    done = failed = 0
    for image in unscaled():
        if (done or failed) and time.monotonic() > deadline:
            break
        mark = f"cms.jobs.renditions.failed.{image.pk}.{image.file_hash}"
        if cache.get(mark):
            continue
        try:
            image.get_renditions(*SPECS)
            done += 1
        except Exception:
            logger.exception("Picture %s cannot be scaled", image.pk)
            cache.set(mark, True, FAILED_SECONDS)
            failed += 1
    if done:
        # Pages are cached without the picture; its renditions are no change of their own, since
        # those for the admin are made while somebody looks at a list.
        PublicChange.objects.create()
    return _("%(done)d scaled, %(failed)d failed") % {"done": done, "failed": failed}

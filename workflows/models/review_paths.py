"""Which of Wagtail's workflows is which of our two ways of review."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Workflow

#: Page types whose review may end in the house. All others, and every page that
#: belongs to no region, reach the national desk.
HOUSE_DECIDES = frozenset(
    {
        "regions.housepage",
        "news.newsindexpage",
        "news.newspage",
        "checks.checkweekpage",
        "examples.exampleindexpage",
        "funding.fundingindexpage",
    }
)


class ReviewPath(models.Model):
    """Names a workflow by what it is for, so that its title can be changed."""

    changes_public_pages = False

    class Key(models.TextChoices):
        """The two ways of review."""

        HOUSE = "house", _("The house decides")
        NATIONAL = "national", _("The national desk decides")

    key = models.CharField(_("way"), max_length=20, choices=Key.choices, unique=True)
    workflow = models.OneToOneField(Workflow, on_delete=models.PROTECT, related_name="review_path")

    class Meta:
        verbose_name = _("way of review")
        verbose_name_plural = _("ways of review")

    def __str__(self) -> str:
        return self.get_key_display()

"""Images and documents.

Alternative text belongs to the use of an image (``ImageBlock``); credit and
licence belong to the image itself, wherever it is used.

Scaled copies are plain files that anybody may load who knows the address, so
the address of each contains a secret: from an image's title or file name nobody
can tell where its copies lie while no public page shows them.
"""

import secrets
from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class CustomImage(AbstractImage):
    """An uploaded picture with its author and licence."""

    changes_public_pages = True

    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made the picture? Shown below it, e.g. “Photo: Erika Muster”."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=100,
        blank=True,
        help_text=_("What allows us to show it, e.g. “CC BY 4.0” or “with permission”."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def get_upload_to(self, filename: str) -> str:
        """A folder that cannot be guessed for every upload; the name stays readable."""
        path = PurePosixPath(super().get_upload_to(filename))
        return str(path.parent / secrets.token_urlsafe(12) / path.name)


class Rendition(AbstractRendition):
    """A scaled copy of an image."""

    changes_public_pages = False

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """The same secret folder as the original's."""
        path = PurePosixPath(super().get_upload_to(filename))
        _top, *secret = PurePosixPath(str(self.image.file.name)).parent.parts
        return str(path.parent.joinpath(*secret, path.name))


class CustomDocument(AbstractDocument):
    """A file offered for download."""

    changes_public_pages = True

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

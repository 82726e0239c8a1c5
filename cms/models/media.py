"""Images and documents.

Alternative text belongs to the use of an image (``ImageBlock``); credit and
licence belong to the image itself, wherever it is used.

Scaled copies are plain files that anybody may load who knows the address, so
the address of each contains a secret: from an image's title or file name nobody
can tell where its copies lie while no public page shows them.
"""

import logging
import secrets
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Unpack

from django.core.files import File
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
)

from cms.files import pictures
from cms.files.process import FileProblem
from cms.files.recipes import file_name, recipe_for
from cms.models.save_options import SaveOptions

logger = logging.getLogger(__name__)

#: What templates ask for: ``{% picture … format-{avif,webp,jpeg} width-{480,768,1120} %}``.
PUBLIC_SPECS = tuple(
    f"format-{name}|width-{width}"
    for name in ("avif", "webp", "jpeg")
    for width in (480, 768, 1120)
)
#: What lists, forms and choosers of the admin ask for.
ADMIN_SPECS = ("max-165x165", "max-800x600", "fill-600x338")


class RenditionFailed(SourceImageIOError):
    """A picture could not be scaled; the admin shows it as missing."""


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

    #: Whether the file is of a sane size and holds no metadata; see ``manage.py prepare_files``.
    prepared = models.BooleanField(default=False, editable=False)

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

    @property
    def default_alt_text(self) -> str:
        """What a picture says where it is used: nothing rather than its title, a file's name."""
        return str(self.description)

    @property
    def may_be_shown(self) -> bool:
        """Whether it is known who made the picture and what allows us to show it (UrhG, § 13)."""
        return bool(self.credit.strip() and self.licence.strip())

    @property
    def provenance(self) -> str:
        """Credit and licence in a few words, or that they are missing."""
        if self.may_be_shown:
            return f"{self.credit}, {self.licence}"
        return gettext("credit or licence is missing")

    def get_upload_to(self, filename: str) -> str:
        """A folder that cannot be guessed for every upload; the name stays readable."""
        path = PurePosixPath(super().get_upload_to(filename))
        return str(path.parent / secrets.token_urlsafe(12) / path.name)

    def _set_image_file_metadata(self) -> None:
        """Note that a file arrived, which passed the form: Wagtail asks for its size and digest."""
        super()._set_image_file_metadata()
        self.prepared = True
        self._arrived = True

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save, and make of a file that arrived what pages and the admin show of it."""
        super().save(**options)
        if vars(self).pop("_arrived", False):
            try:
                self.get_renditions(*PUBLIC_SPECS, *ADMIN_SPECS)
            except (SourceImageIOError, OSError) as error:
                # Periodic work makes up for it; until then pages show themselves without.
                logger.warning("Picture %s was not scaled: %s", self.pk, error)

    def create_rendition(self, filter: Filter) -> AbstractRendition:
        """As Wagtail's, without decoding in this process."""
        return self.create_renditions(filter)[filter]

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """As Wagtail's: of one decoding, in a process of its own where the picture is large.

        Raises:
            RenditionFailed: if the picture cannot be read or the disk is full.
        """
        if not filters:
            return {}
        created: dict[Filter, AbstractRendition] = {}
        for filter, file in zip(filters, self._render(filters), strict=True):
            with file:
                # Another process may have made it in the meantime.
                created[filter], _created = self.renditions.get_or_create(
                    filter_spec=filter.spec,
                    focal_point_key=filter.get_cache_key(self),
                    defaults={"file": file},
                )
        return created

    def generate_rendition_file(
        self, filter: Filter, *, source: File[bytes] | None = None
    ) -> File[bytes]:
        """As Wagtail's, without decoding in this process."""
        (file,) = self._render([filter])
        return file

    def _render(self, filters: Sequence[Filter]) -> list[File[bytes]]:
        try:
            with self.open_file() as original:
                header = pictures.read_header(original)
                recipes = [recipe_for(filter, self, header) for filter in filters]
                made = pictures.render(original, recipes)
        except FileProblem as problem:
            raise RenditionFailed(f"{problem.reason} {problem.said}") from problem
        return [
            File(file, name=file_name(filter, self, recipe.format))
            for filter, recipe, file in zip(filters, recipes, made, strict=True)
        ]


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

    #: Whom the properties of the file name, for its editors (author, who saved it last, company);
    #: nothing where nobody has looked yet, see ``manage.py prepare_files``.
    people = models.TextField(null=True, editable=False)  # noqa: DJ001

    admin_form_fields = ("title", "file", "collection", "tags")

    def clean(self) -> None:
        """Say nothing more of a refused file, which Wagtail takes for one without an ending."""
        if self.file:
            super().clean()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

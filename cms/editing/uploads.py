"""Forms for pictures: what can be shown is taken, what cannot is refused in words.

Every way to upload a picture takes these forms: the list, the upload of many at once, the choosers.
"""

import logging
import os
import tempfile
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.editing.stored_uploads import StoredUploadForm, disk_full, refuse_lost
from cms.files import pictures
from cms.files.process import FileProblem

logger = logging.getLogger(__name__)

MEGAPIXEL = 1_000_000
FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
#: What a picture that cannot be decoded within the limits is answered with, by the reason.
TOO_DEMANDING = {
    reason: gettext_lazy(
        "This picture takes too much memory or time to open. Make it smaller in a picture program, "
        "for example 4,000 pixels wide, save it as JPEG and upload that."
    )
    for reason in ("memory", "time")
}


class CheckedPicture(UploadedFile[bytes]):
    """An upload with what was read of it; a name for annotations, no upload is of this class."""

    name: str
    #: As it was sent, and as it will be stored.
    header: pictures.Header
    prepared: pictures.Header


class PictureField(WagtailImageField):
    """Checks the header of a picture and replaces the file with what is stored of it.

    Wagtail decodes the whole picture in the web process and lets the decoder's errors through.
    """

    def to_python(self, data: Any) -> CheckedPicture | None:
        """The picture as it will be stored, see :func:`cms.files.pictures.prepare`."""
        refuse_lost(data)
        if FileField.to_python(self, data) is None:
            return None
        file: CheckedPicture = data
        self.check_image_file_size(file)
        self.check_image_file_format(file)
        self.check_image_pixel_size(file)
        self._prepare(file)
        return file

    def check_image_file_format(self, f: CheckedPicture) -> None:
        """Refuse what is no picture of a kind we show, and names that say another kind.

        Apart from Wagtail's, ``.jfif`` is JPEG and a moving PNG is PNG.
        """
        ending = PurePath(f.name).suffix.lower().lstrip(".")
        try:
            f.header = pictures.read_header(f)
        except FileProblem as problem:
            known = ending in self.allowed_image_extensions or ending == "pdf"
            code = "invalid_image" if known else "invalid_image_extension"
            raise ValidationError(self.error_messages[code], code=code) from problem
        if ending not in self.allowed_image_extensions:
            code = "invalid_image_extension"
            raise ValidationError(self.error_messages[code], code=code)
        if ending not in pictures.ENDINGS[f.header.format]:
            code = "invalid_image_known_format"
            message = self.error_messages[code] % {
                "extension": ending,
                "image_format": f.header.format,
            }
            raise ValidationError(message, code=code)

    def check_image_pixel_size(self, f: CheckedPicture) -> None:
        """Refuse what has too many pixels, by the header."""
        if f.header.too_large:
            message = _(
                "This picture has %(width)s × %(height)s pixels, that is %(pixels)s megapixels; "
                "%(most)s are possible. Make it smaller in a picture program, for example 4,000 "
                "pixels wide, and upload it again."
            ) % {
                "width": number_format(f.header.width, use_l10n=True, force_grouping=True),
                "height": number_format(f.header.height, use_l10n=True, force_grouping=True),
                "pixels": round(f.header.width * f.header.height / MEGAPIXEL),
                "most": f.header.most_pixels // MEGAPIXEL,
            }
            raise ValidationError(message, code="file_too_many_pixels")

    def _prepare(self, file: CheckedPicture) -> None:
        """Put the prepared picture in the place of the upload, for whoever stores it."""
        target = tempfile.NamedTemporaryFile(suffix=pictures.TEMPORARY)  # noqa: SIM115
        try:
            with pictures.as_path(file) as source:
                file.prepared = pictures.prepare(source, target.name)
        except FileProblem as problem:
            target.close()
            logger.info("Picture refused (%s): %s", problem.reason, problem.said)
            self._refuse(problem)
        file.close()
        file.file = target
        file.size = target.seek(0, os.SEEK_END)
        target.seek(0)
        kind = file.prepared.format
        file.name = f"{PurePath(file.name).stem}.{pictures.ENDINGS[kind][0]}"
        file.content_type = f"image/{kind.lower()}"

    def _refuse(self, problem: FileProblem) -> None:
        if problem.reason == "full":
            raise disk_full() from problem
        message = TOO_DEMANDING.get(problem.reason) or self.error_messages["invalid_image"]
        raise ValidationError(message, code="invalid_image") from problem


class ImageForm(StoredUploadForm, BaseImageForm):
    """Base of the forms for pictures (``WAGTAILIMAGES_IMAGE_FORM_BASE``)."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=field.label,
                required=field.required,
                widget=field.widget,
            )
        if field := self.fields.get("description"):
            field.help_text = _(
                "What is to be seen? One sentence, for those who cannot see it: “Two women repair "
                "a bicycle”."
            )

    def clean(self) -> dict[str, object] | None:
        """Move the focal point with the picture, which may have been made smaller."""
        cleaned = super().clean()
        file: CheckedPicture | None = self.cleaned_data.get("file")
        # The file that is there already was not checked now.
        if file and hasattr(file, "prepared"):
            across = file.prepared.width / file.header.width
            down = file.prepared.height / file.header.height
            for name, factor in zip(FOCAL_POINT, (across, down, across, down), strict=True):
                if self.cleaned_data.get(name) is not None:
                    self.cleaned_data[name] = round(self.cleaned_data[name] * factor)
        return cleaned

    def forget_replaced(self) -> None:
        """Renditions of the file that is replaced."""
        self.instance.renditions.all().delete()

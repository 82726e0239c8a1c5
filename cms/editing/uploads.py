"""Pictures that cannot be read are refused with a message when they are uploaded."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """Says in words that a picture cannot be read.

    Wagtail recognises a picture by its first bytes and lets the decoder's errors
    through: a file that was cut off ended in an error page.
    """

    def check_image_pixel_size(self, f: Any) -> None:
        """Refuse what is too large or cannot be decoded."""
        try:
            super().check_image_pixel_size(f)
        except ValidationError:
            raise
        except Exception as error:  # whatever a decoder stumbles over
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from error


class ImageForm(BaseImageForm):
    """Base of the forms for pictures (``WAGTAILIMAGES_IMAGE_FORM_BASE``)."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=field.label,
                required=field.required,
                help_text=field.help_text,
                widget=field.widget,
            )

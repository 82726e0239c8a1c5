"""An area as a field: refused where it cannot be read, stored in one spelling."""

from django.core.exceptions import ValidationError
from django.db import models

from funding.area_text import parse, written
from funding.places import directory


class AreaField(models.TextField[str, str]):
    """Text in which an editor writes where a programme applies, see :mod:`funding.area_text`."""

    def clean(self, value: str, model_instance: models.Model | None) -> str:
        """The area in its one spelling.

        Raises:
            ValidationError: with everything that could not be understood.
        """
        text = super().clean(value, model_instance)
        parsed = parse(text, directory())
        if parsed.problems:
            raise ValidationError(list(parsed.problems))
        return written(parsed.area, directory())

"""A StreamField whose block definitions stay out of migrations.

Stock StreamFields freeze every block into every migration; one public project
has 557,510 lines of them. Blocks are not schema: changing one needs no
migration. Data steps with ``wagtail.blocks.migrations`` still work, because the
historical field falls back to today's block definitions.
"""

from django.apps import apps
from django.utils.functional import cached_property
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """Wagtail's StreamField, written to migrations without its blocks."""

    def __init__(self, block_types: object = (), **kwargs: object) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        """Leave block definitions out of what migrations record."""
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    @cached_property
    def stream_block(self) -> StreamBlock:
        """The blocks as defined, or in a migration those of today's model."""
        if self.block_types_arg != ():
            return super().stream_block
        return self._todays_block() or StreamBlock([])

    def _todays_block(self) -> StreamBlock | None:
        try:
            model = apps.get_model(self.model._meta.app_label, self.model._meta.model_name)
            field = model._meta.get_field(self.name)
        except (LookupError, AttributeError):
            return None
        return field.stream_block if isinstance(field, StreamField) and field is not self else None

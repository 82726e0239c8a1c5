"""Whether two versions of a page say the same, however each was stored.

Django and Wagtail compare what is stored. An edit form that nobody touched stores
texts anew: blocks get ids, paragraphs get keys, line breaks and markup get the form
that browser and editor give them, times lose their seconds. None of it is content.
:mod:`wagtail.admin.compare` shows differences to people and takes all of these for one.
"""

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import URLField
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision
from wagtail.rich_text import features as feature_registry

from cms.text import one_character_a_break

ModelField = models.Field[object, object]
Rows = list[Mapping[str, object]]
Stored = Any
"""A value as a field, a block or a form gives it: text, number, list, mapping, object …"""

#: What editors give a page in fields of Wagtail's own; its other fields are bookkeeping.
WAGTAIL_CONTENT = frozenset(
    {
        "title",
        "slug",
        "seo_title",
        "search_description",
        "show_in_menus",
        "go_live_at",
        "expire_at",
    }
)
#: Of a row in a list below the page: who it is, and its place, which the list itself tells.
ROW_BOOKKEEPING = frozenset({"id", "sort_order", "translation_key", "locale"})

_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def is_same_content(before: Revision, after: Revision) -> bool:
    """Whether two revisions of one page say the same; comments on them do not count.

    Asks the database nothing.
    """
    if before.content == after.content:
        return True
    model = ContentType.objects.get_for_id(before.content_type_id).model_class()
    if model is None or before.content_type_id != after.content_type_id:
        return False
    old, new = before.content, after.content
    fields = [field for field in model._meta.concrete_fields if _is_content(field)]
    fields += get_all_child_m2m_relations(model)
    return all(
        is_same_value(field, _stored(field, old), _stored(field, new)) for field in fields
    ) and all(
        _is_same_list(relation, old, new)
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    )


def is_same_value(field: ModelField, before: object, after: object) -> bool:
    """Whether two values of a model's field say the same, as a model or a form gives them."""
    before, after = _prepared(field, before), _prepared(field, after)
    return before == after or _normalised(field, before) == _normalised(field, after)


def _is_content(field: ModelField) -> bool:
    if field.model is Page:
        return field.name in WAGTAIL_CONTENT
    return not field.primary_key


def _is_same_list(
    relation: models.ManyToOneRel, before: Mapping[str, Rows], after: Mapping[str, Rows]
) -> bool:
    """Whether a list below the page (an inline panel) has the same rows in the same order."""
    name, parent = relation.get_accessor_name(), relation.field.name
    old, new = before.get(name) or [], after.get(name) or []
    fields = [
        field
        for field in relation.related_model._meta.concrete_fields
        if field.name not in ROW_BOOKKEEPING and field.name != parent
    ]
    return len(old) == len(new) and all(
        is_same_value(field, _stored(field, row), _stored(field, other))
        for row, other in zip(old, new, strict=True)
        for field in fields
    )


def _stored(field: ModelField, content: Mapping[str, object]) -> object:
    """The value of ``field`` in a revision's JSON."""
    value = content.get(field.name)
    if isinstance(field, StreamField):
        return json.loads(value) if isinstance(value, str) and value else value
    return value if field.is_relation else field.to_python(value)


def _prepared(field: ModelField, value: Stored) -> object:
    """What would be stored: keys instead of objects, a list of blocks instead of a stream."""
    if isinstance(field, StreamField):
        return value if isinstance(value, list) else field.stream_block.get_prep_value(value)
    if field.many_to_many:
        return sorted(_key(item) for item in value or ())
    return _key(value) if field.is_relation else value


def _key(value: object) -> Stored:
    return value.pk if isinstance(value, models.Model) else value


def _normalised(field: ModelField, value: Stored) -> object:
    if isinstance(field, StreamField):
        return normalised_block(field.stream_block, value)
    if isinstance(field, RichTextField):
        return normalised_html(value, field.features)
    if isinstance(field, models.URLField):
        return _normalised_url(value)
    return _plain(value)


def normalised_block(block: blocks.Block, value: Stored) -> object:
    """A block's stored value without ids, with what a form would fill in."""
    if isinstance(block, blocks.StreamBlock):
        children = block.child_blocks
        return [
            (item["type"], normalised_block(children[item["type"]], item["value"]))
            for item in value or ()
            if item["type"] in children
        ]
    if isinstance(block, blocks.ListBlock):
        return [normalised_block(block.child_block, _list_item(item)) for item in value or ()]
    if isinstance(block, blocks.StructBlock) and isinstance(value, Mapping):
        return {
            name: normalised_block(child, value[name] if name in value else _default(child))
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.RichTextBlock):
        return normalised_html(value, block.features)
    if isinstance(block, blocks.URLBlock):
        return _normalised_url(value)
    return _plain(value)


def _list_item(item: Stored) -> object:
    """Lists were once stored without ids."""
    is_wrapped = isinstance(item, Mapping) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item


def _default(block: blocks.Block) -> object:
    return block.get_prep_value(block.get_default())


def _plain(value: object) -> object:
    """Empty is empty; line breaks and margins are the browser's; inputs know minutes only."""
    if isinstance(value, str):
        return one_character_a_break(value).strip()
    if isinstance(value, datetime.datetime):
        return value.replace(second=0, microsecond=0)
    return "" if value is None or value is False else value


def normalised_html(html: str | None, features: Iterable[str] | None) -> str:
    """Rich text as the editor would save it untouched, less the keys of its paragraphs."""
    # Its module wants all models loaded; those of pages need this one.
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    names = feature_registry.get_default_features() if features is None else features
    # One for each text: a converter holds the text it works at, and threads would share it.
    converter = ContentstateConverter(names)
    saved = converter.to_database_format(converter.from_database_format(html or ""))
    return _BLOCK_KEY.sub("", saved)


def _normalised_url(url: str | None) -> str:
    """An address as Django's forms save it."""
    try:
        return URLField(assume_scheme="https").to_python(url or "") or ""
    except ValidationError:
        return url or ""

"""Fills every place of a page form that can hold an id: choosers and rich text, however deep."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks.field_block import FieldBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

CHOOSER, TEXT = "chooser", "text"
#: Models whose objects belong to a house.
GUARDED = (Page, get_image_model(), get_document_model())

#: Gives an object of a model, or of the guarded one it is a kind of, for the next place.
Source = Callable[[type[Model]], Model]


@dataclass
class Forged:
    """What a browser would post, and how many ids of each model stand in choosers and texts.

    Args:
        everywhere: also in lists that do not offer them.
    """

    everywhere: bool = True
    data: dict[str, Any] = field(default_factory=dict)
    places: Counter[tuple[type[Model], str]] = field(default_factory=Counter)


def guarded(model: type[Model]) -> type[Model] | None:
    """Which of the guarded models ``model`` is."""
    return next((kind for kind in GUARDED if issubclass(model, kind)), None)


def forge(form: Any, source: Source, everywhere: bool = True) -> Forged:
    """A page form with one block of every kind and one entry of every list, all with ids."""
    forged = Forged(everywhere)
    for name, form_field in form.fields.items():
        initial = form.get_initial_for_field(form_field, name)
        _field(form_field, form.add_prefix(name), source, forged, initial)
    for name, formset in form.formsets.items():
        number = 0 if name == "comments" else 1
        for index in range(number):
            entry = formset.empty_form
            for part, form_field in entry.fields.items():
                _field(form_field, f"{formset.prefix}-{index}-{part}", source, forged)
        forged.data |= {
            f"{formset.prefix}-TOTAL_FORMS": str(number),
            f"{formset.prefix}-INITIAL_FORMS": "0",
            f"{formset.prefix}-MIN_NUM_FORMS": "0",
            f"{formset.prefix}-MAX_NUM_FORMS": "1000",
        }
    return forged


def _field(form_field: Any, name: str, source: Source, forged: Forged, initial: Any = None) -> None:
    if hasattr(form_field, "block"):
        _block(form_field.block, name, source, forged)
    elif isinstance(form_field.widget, DraftailRichTextArea):
        forged.data[name] = rich_text(source, forged.places)
    elif isinstance(form_field, forms.ModelChoiceField):
        _choice(form_field, name, source, forged, initial)
    elif isinstance(form_field, forms.BooleanField):
        forged.data[name] = "on"
    elif (value := _plain(form_field, initial)) is not None:
        forged.data[name] = value


def _choice(form_field: Any, name: str, source: Source, forged: Forged, initial: Any) -> None:
    kind = guarded(form_field.queryset.model)
    item = source(form_field.queryset.model) if kind else None
    if kind and (forged.everywhere or form_field.queryset.filter(pk=item.pk).exists()):
        chosen: Any = item
        forged.places[kind, CHOOSER] += 1
    else:
        chosen = initial or form_field.queryset.first()
    values = chosen if hasattr(chosen, "__iter__") else [chosen]
    keys = [str(getattr(value, "pk", value)) for value in values if value is not None]
    if keys:
        many = isinstance(form_field, forms.ModelMultipleChoiceField)
        forged.data[name] = keys if many else keys[0]


def _plain(form_field: Any, initial: Any) -> str | None:
    """What stood there, or something that fits."""
    if initial not in (None, ""):
        value = form_field.widget.format_value(initial)
        return str(value[0] if isinstance(value, list) else value)
    if isinstance(form_field, forms.ChoiceField):
        options = [key for key, _label in form_field.widget.choices if key]
        return str(options[0]) if options else None
    if type(form_field) is forms.CharField:
        return "Wort"
    return None


def _block(block: Any, name: str, source: Source, forged: Forged) -> None:
    if isinstance(block, blocks.BaseStructBlock):
        for part, child in block.child_blocks.items():
            _block(child, f"{name}-{part}", source, forged)
    elif isinstance(block, blocks.BaseStreamBlock):
        _entries(name, list(block.child_blocks.items()), source, forged)
    elif isinstance(block, blocks.ListBlock):
        _entries(name, [("item", block.child_block)], source, forged)
    elif isinstance(block, FieldBlock):
        _field(block.field, name, source, forged)
    else:
        raise TypeError(f"Say how a form of {type(block).__name__} is filled: it may hold an id.")


def _entries(name: str, entries: list[tuple[str, Any]], source: Source, forged: Forged) -> None:
    forged.data[f"{name}-count"] = str(len(entries))
    for index, (kind, child) in enumerate(entries):
        prefix = f"{name}-{index}"
        forged.data |= {f"{prefix}-deleted": "", f"{prefix}-order": str(index)}
        forged.data |= {f"{prefix}-type": kind, f"{prefix}-id": ""}
        _block(child, f"{prefix}-value", source, forged)


def rich_text(source: Source, places: Counter[tuple[type[Model], str]]) -> str:
    """A text of the editor with one entity of every kind that Wagtail knows."""
    page, image, document = (source(model) for model in GUARDED)
    # The texts of this site have neither pictures nor players.
    places.update([(Page, TEXT), (get_document_model(), TEXT)])
    return content_state(
        ("LINK", {"id": page.pk}),
        ("DOCUMENT", {"id": document.pk}),
        ("IMAGE", {"id": image.pk, "format": "fullwidth", "alt": "Bild"}),
        ("EMBED", {"url": f"https://example.org/{image.pk}"}),
    )


def content_state(*entities: tuple[str, dict[str, Any]]) -> str:
    """What the rich text editor posts of a text with these entities, a letter each."""
    ranges = [{"offset": at, "length": 1, "key": at} for at in range(len(entities))]
    block = {"key": "abcde", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    return json.dumps(
        {
            "blocks": [block | {"text": "x" * len(entities), "entityRanges": ranges}],
            "entityMap": {
                str(at): {"type": kind, "mutability": "MUTABLE", "data": data}
                for at, (kind, data) in enumerate(entities)
            },
        }
    )

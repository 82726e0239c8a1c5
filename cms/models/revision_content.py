"""Versions of a page made of few queries: Wagtail looks up each key that a revision stores."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from django.db.models import F, Model, QuerySet, Value
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, TranslatableMixin

#: ``Page.with_content_json`` takes these from the page, whatever the revision says.
OF_THE_PAGE = frozenset(
    {"content_type", "locale", "owner", "locked_by", "latest_revision", "alias_of"}
)

Content = Mapping[str, Any]


def without_known(model: type[Page], content: Content) -> dict[str, Any]:
    """The content of a revision less what is looked up at once, or is the page's anyway.

    Args:
        model: the type of the page.
        content: as the revision stores it; stays as it is.
    """
    left_out = {*OF_THE_PAGE, *(field.name for field in _choices_of_many(model))}
    slim = {name: value for name, value in content.items() if name not in left_out}
    for name, known in _known_of_rows(model):
        if rows := slim.get(name):
            slim[name] = [_without(row, known) for row in rows]
    return slim


def complete(version: Page, content: Content) -> None:
    """Give a version made of :func:`without_known` what was left out."""
    for name, known in _known_of_rows(type(version)):
        if "locale" in known and name in content:
            for row in getattr(version, name).all():
                row.locale_id = version.locale_id
    names = {field.name for field in _choices_of_many(type(version))}
    _choose(version, {name: ids for name, ids in content.items() if name in names})


def load_choices(page: Page) -> None:
    """Have a page know what is chosen on it, for all fields at once, for a screen that shows it."""
    known = getattr(page, "_cluster_related_objects", None) or {}
    fields = [field for field in _choices_of_many(type(page)) if field.name not in known]
    rows = [
        _through(field)
        .filter(**{field.m2m_field_name(): page.pk})
        .order_by()
        .values_list(Value(field.name), F(field.m2m_reverse_field_name()))
        for field in fields
    ]
    if not rows:
        return
    chosen: dict[str, list[int]] = {field.name: [] for field in fields}
    for name, pk in rows[0].union(*rows[1:], all=True):
        chosen[name].append(pk)
    _choose(page, chosen)


def _choose(page: Page, chosen: Mapping[str, Iterable[int]]) -> None:
    """Set what is chosen of many, with one query for each kind of thing; nothing is stored."""
    by_model: dict[type[Model], dict[str, set[int]]] = defaultdict(dict)
    for name, ids in chosen.items():
        model = cast("type[Model]", page._meta.get_field(name).related_model)
        by_model[model][name] = set(ids)
    for model, names in by_model.items():
        ids = set().union(*names.values())
        found = list(model._default_manager.filter(pk__in=ids)) if ids else []
        for name, own in names.items():
            getattr(page, name).set([one for one in found if one.pk in own])


def _through(field: ParentalManyToManyField) -> QuerySet[Model]:
    """What is chosen in a field, on all pages."""
    through = cast("type[Model]", field.remote_field.through)
    return through._default_manager.all()


def _choices_of_many(model: type[Page]) -> list[ParentalManyToManyField]:
    fields = model._meta.many_to_many
    return [field for field in fields if isinstance(field, ParentalManyToManyField)]


def _known_of_rows(model: type[Page]) -> Iterator[tuple[str, set[str]]]:
    """Of each relation: its name, and the fields that its rows have from the page they stand on."""
    for relation in get_all_child_relations(model):
        known = {relation.field.name}
        if issubclass(relation.related_model, TranslatableMixin):
            known.add("locale")
        yield relation.get_accessor_name(), known


def _without(row: Content, names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}

"""Narrowing the log down: period, person, action, house, page."""

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from audit.access import entries_for, houses_led
from audit.models import TrailEntry
from cms.accounts.person_field import PersonField
from cms.accounts.requests import SignedInRequest
from cms.models import User
from cms.text import sort_key
from regions.access import is_administrator, is_national_editor
from regions.models import Region

LOGS = {"page_entry": PageLogEntry, "model_entry": ModelLogEntry}


def _either(entries: QuerySet[TrailEntry], lookup: str, value: object) -> QuerySet[TrailEntry]:
    """Entries whose row in either log matches.

    By the rows' numbers: joined to both logs at once the database would use neither's index.
    """
    matching = Q()
    for name, model in LOGS.items():
        rows = model.objects.filter(**{lookup: value}).order_by().values("pk")
        matching |= Q(**{f"{name}__in": rows})
    return entries.filter(matching)


def _values(entries: QuerySet[TrailEntry], name: str, reader: User) -> set[int | str]:
    """What occurs in either log among ``entries``, which ``reader`` may read."""
    found: set[int | str] = set()
    for log, model in LOGS.items():
        if is_administrator(reader):
            # Every row of both logs is among them: without the trail an index is enough.
            rows = model.objects.order_by().values_list(name, flat=True)
        else:
            rows = entries.order_by().values_list(f"{log}__{name}", flat=True)
        found |= set(rows.distinct())
    return found - {None}


def people_of(user: User) -> QuerySet[User]:
    """Who acted, as far as ``user`` may know."""
    entries = entries_for(user)
    if not (is_administrator(user) or is_national_editor(user)):
        entries = entries.filter(names_actor=True)
    people = get_user_model().objects.filter(pk__in=_values(entries, "user_id", user))
    return people.order_by("last_name", "first_name")


def actions_of(user: User) -> list[tuple[str, str]]:
    """Actions that occur in what ``user`` sees, by label."""
    known = _values(entries_for(user), "action", user)
    choices = [(name, str(label)) for name, label in registry.get_choices() if name in known]
    return sorted(choices, key=lambda choice: sort_key(choice[1]))


def houses_of_reader(user: User) -> QuerySet[Region]:
    """The houses a reader of the log can filter by."""
    return Region.objects.all() if is_administrator(user) else houses_led(user)


class PersonFilterField(PersonField, django_filters.fields.ModelChoiceField):
    """The choice of a person as filters need it."""


class PersonFilter(django_filters.ModelChoiceFilter):
    """A filter by person that shows names only, no addresses."""

    field_class = PersonFilterField


class TrailFilterSet(WagtailFilterSet):
    """The filters beside the log."""

    request: SignedInRequest

    timestamp = django_filters.DateFromToRangeFilter(
        label=_("Period"), widget=DateRangePickerWidget
    )
    user = PersonFilter(
        label=_("Person"), method="by_user", queryset=lambda request: people_of(request.user)
    )
    action = django_filters.ChoiceFilter(label=_("What"), method="by_action", choices=[])
    region = django_filters.ModelChoiceFilter(
        label=_("House"), queryset=lambda request: houses_of_reader(request.user)
    )
    label = django_filters.CharFilter(label=_("Page or name"), method="by_label")

    class Meta:
        model = TrailEntry
        fields = ["timestamp", "user", "action", "region", "label"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["action"].extra["choices"] = actions_of(self.request.user)
        if houses_of_reader(self.request.user).count() < 2:
            del self.filters["region"]

    def by_user(
        self, entries: QuerySet[TrailEntry], name: str, value: User
    ) -> QuerySet[TrailEntry]:
        """Who acted; where the reader may not know, an entry is not found by it."""
        if not (is_administrator(self.request.user) or is_national_editor(self.request.user)):
            entries = entries.filter(names_actor=True)
        return _either(entries, "user", value)

    def by_action(
        self, entries: QuerySet[TrailEntry], name: str, value: str
    ) -> QuerySet[TrailEntry]:
        """Filter by kind of action, such as an approval."""
        return _either(entries, "action", value)

    def by_label(
        self, entries: QuerySet[TrailEntry], name: str, value: str
    ) -> QuerySet[TrailEntry]:
        """Filter by words in the title or name of what was changed."""
        # No index helps with a part of a word: joined, only the rows within reach are looked at.
        about = Q(page_entry__label__icontains=value) | Q(model_entry__label__icontains=value)
        return entries.filter(about)

"""What rooms above register: how a page type is found, and by which facets."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, TypeVar

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.working_days import midnight
from search.dates import NamedDate, Period
from search.places import Place
from search.plain_text import plain, plain_text_of

Label = str | Promise
PageType = TypeVar("PageType", bound=Page)
#: Gives what is carried on of the values of a parameter, on pages in a language.
Carrying = Callable[[Sequence[str], str], str]
#: Gives the facet keys, by facet, of what searches about a place in a language leave out.
ReplacedNear = Callable[[Place, str], Mapping[str, tuple[str, ...]]]

#: Name of the facet whose single key is the primary key of the page's region.
REGION_FACET = "region"
#: Name of the facet with the translation keys of the pages that a page names: by it they find the
#: pages that name them, and neither room knows the other.
NAMED_FACET = "nennt"
#: Name of the facet with the keys of the topics, a vocabulary that all rooms share.
TOPIC_FACET = "thema"
#: Name of the built-in facet over the registered documents.
TYPE_FACET = "typ"


class SearchDocument(Generic[PageType]):
    """How the pages of one type are found and shown in lists.

    A room subclasses this next to its page model and registers it. All methods
    get the *specific* page, freshly read from the database.
    """

    type_key: ClassVar[str]
    label: ClassVar[Label]
    label_plural: ClassVar[Label]
    #: Whether a page speaks for one region only: elsewhere it is no answer.
    is_house: ClassVar[bool] = False
    #: Whether lists of all kinds show :meth:`date` with the page: news is read by its day.
    shows_date: ClassVar[bool] = False
    #: Name of the registered date that lists of all kinds show with the page.
    shown_date: ClassVar[str] = ""
    #: Whether lists of these pages alone show more of them than is in the entry: else only what
    #: all pages have is read with the hits.
    shows_fields: ClassVar[bool] = False
    #: Relations the other methods read, so that many pages are synced in few queries.
    select_related: ClassVar[tuple[str, ...]] = ()
    prefetch_related: ClassVar[tuple[str, ...]] = ()

    def title(self, page: PageType) -> str:
        """The heading of the hit; weighs most."""
        return page.title

    def summary(self, page: PageType) -> str:
        """The teaser below the heading."""
        return getattr(page, "summary", "")

    def text(self, page: PageType) -> str:
        """Everything else a visitor can read on the page, without markup.

        By default the page's ``plain_text()``, else all its rich text and stream fields.
        """
        own = getattr(page, "plain_text", None)
        return own() if own else plain_text_of(page)

    def plain(self, value: object) -> str:
        """The readable text of one field's value."""
        return plain(value)

    def facets(self, page: PageType) -> Mapping[str, Iterable[str]]:
        """Facet keys by facet name: stable keys, never a label that can be renamed."""
        return {}

    def date(self, page: PageType) -> datetime.date | None:
        """The day lists sort by; by default the page's own date, else its first publication."""
        own = getattr(page, "date", None)
        if own is not None:
            return own
        first = page.first_published_at
        return timezone.localdate(first) if first else None

    def expires_at(self, page: PageType) -> datetime.datetime | None:
        """The first moment at which the page is no longer found; by default after its last day."""
        last_day = getattr(page, "expires_on", None)
        if not last_day or last_day == datetime.date.max:
            return None
        return midnight(last_day + datetime.timedelta(days=1))

    def periods(self, page: PageType) -> Mapping[str, Iterable[Period]]:
        """Days with a name: the rounds of a deadline, the days of an event."""
        return {}

    def place(self, page: PageType) -> tuple[float, float] | None:
        """Latitude and longitude, where the page has a place that is not its region's."""
        return None


@dataclass(frozen=True)
class Choice:
    """One value of a facet: stored ``key``, shown ``label``, ``public`` value in addresses.

    Pages with it are also found by the words of its label and by ``words``.
    """

    key: str
    label: str
    public: str
    words: str = ""


@dataclass(frozen=True)
class ShownDate:
    """A date that hits carry and lists may sort by, the next one of what is not over.

    Args:
        date: which day of which periods.
        label: what the day is: „Deadline“.
        sort_label: of the order by it: „Deadline, soonest first“.
    """

    date: NamedDate
    label: Label
    sort_label: Label


@dataclass(frozen=True)
class Windows:
    """The values of a facet that asks for a date within so many days from today.

    Args:
        date: what is compared.
        days: one value for each number.
    """

    date: NamedDate
    days: tuple[int, ...]


@dataclass(frozen=True)
class Facet:
    """A filter of lists, and the URL parameter of the same name.

    Args:
        name: German parameter name, e.g. ``thema`` (a public contract).
        label: heading of the group of values.
        vocabulary: the keys are those of this :class:`cms.models.Term` vocabulary; labels of
            all such facets come from one query.
        choices: gives all values, in order, for a language, which is the active one; where there
            is no vocabulary.
        cached: whether the choices depend on nothing but the database and the language.
        extract: gives the keys of any page; for facets that apply to all documents.
        is_searchable: whether pages are also found by the words of its labels.
        relatedness: how much two pages with the same value have to do with each other; from 1 on
            that alone makes them related pages.
        windows: its values are numbers of days from today; in place of vocabulary and choices.
        names: what a chosen value is of the list, in its title: its subject or its place; others
            stand in brackets.
    """

    name: str
    label: Label
    vocabulary: str | None = None
    choices: Callable[[str], Iterable[Choice]] | None = None
    cached: bool = True
    extract: Callable[[Page], Iterable[str] | None] | None = None
    is_searchable: bool = True
    relatedness: float = 0.0
    windows: Windows | None = None
    names: Literal["subject", "place", ""] = ""


AnyDocument = SearchDocument[Any]
"""The document of a page type that is known at run time only."""

_documents: dict[type[Page], AnyDocument] = {}
_facets: dict[str, Facet] = {}
_dates: dict[str, ShownDate] = {}
_carried: dict[str, Carrying] = {}
_replacements: list[ReplacedNear] = []
_own_region = ""


def register_document(page_model: type[Page], document_class: type[AnyDocument]) -> None:
    """Have pages of ``page_model`` found as ``document_class`` says.

    Raises:
        ValueError: when another model has the same ``type_key``.
    """
    key = document_class.type_key
    for model, document in _documents.items():
        if document.type_key == key and model is not page_model:
            raise ValueError(f"type_key {key!r} is already taken by {model.__name__}")
    _documents[page_model] = document_class()


def register_facet(facet: Facet) -> None:
    """Add ``facet``; a second registration of the same name replaces the first.

    Raises:
        ValueError: when the name is built in, or nothing says which values there are.
    """
    if facet.name == TYPE_FACET:
        raise ValueError(f"{TYPE_FACET!r} is built in")
    if not (facet.vocabulary or facet.choices or facet.windows):
        raise ValueError(f"{facet.name!r} has neither a vocabulary nor choices")
    if facet.windows and facet.is_searchable:
        raise ValueError(f"{facet.name!r} counts days: no page is found by such words")
    _facets[facet.name] = facet


def register_date(shown: ShownDate) -> None:
    """Let hits carry a date and lists sort by it; presets and documents name it by its periods."""
    _dates[shown.date.name] = shown


def dates() -> dict[str, ShownDate]:
    """The dates that hits carry, by the name of their periods."""
    return dict(_dates)


def register_replacements(replaced: ReplacedNear) -> None:
    """Have searches about a place leave out what a local entry takes the place of there.

    Args:
        replaced: gives the facet keys, by facet, of what is left out.
    """
    if replaced not in _replacements:
        _replacements.append(replaced)


def replaced_near(place: Place, language: str) -> dict[str, tuple[str, ...]]:
    """Facet keys of what searches about a place leave out at this moment.

    Args:
        place: which.
        language: of the search.
    """
    return joined(*(replaced(place, language) for replaced in _replacements))


def joined(*found: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Facet keys of several, by facet, each once."""
    together: dict[str, dict[str, None]] = {}
    for keys_by_facet in found:
        for name, keys in keys_by_facet.items():
            together.setdefault(name, {}).update(dict.fromkeys(keys))
    return {name: tuple(keys) for name, keys in together.items()}


def documents() -> dict[type[Page], AnyDocument]:
    """All documents by page model, in the order of registration."""
    return dict(_documents)


def document_of(model: type[Page]) -> AnyDocument | None:
    """The document of exactly this page model, or ``None``: it is not searched."""
    return _documents.get(model)


def models_by_type() -> dict[str, type[Page]]:
    """Page models by ``type_key``."""
    return {document.type_key: model for model, document in _documents.items()}


def _type_choices(language: str) -> list[Choice]:
    return [
        Choice(document.type_key, str(document.label_plural), document.type_key)
        for document in _documents.values()
    ]


def house_types() -> tuple[str, ...]:
    """Type keys of pages that speak for one region only."""
    return tuple(d.type_key for d in _documents.values() if d.is_house)


def document_by_key(type_key: str) -> AnyDocument | None:
    """The document with this ``type_key``, if its room is still there."""
    return next((d for d in _documents.values() if d.type_key == type_key), None)


TYPES = Facet(
    name=TYPE_FACET,
    label=_("Kind of page"),
    choices=_type_choices,
    cached=False,
    is_searchable=False,
)


def parameters() -> list[str]:
    """Names of the parameters of lists that take few values: not words or places."""
    return [*facets(), *carried(), "sortierung", "genau", "seite", "format"]


def keep_in_addresses(name: str, carrying: Carrying, *, is_own_region: bool = False) -> None:
    """Let lists carry the parameter ``name`` on in all their links; it filters nothing.

    Args:
        name: of the parameter.
        carrying: gives what is carried on; nothing for what nobody knows.
        is_own_region: whether its value is the public value of the region whose pages come first.
    """
    global _own_region
    _carried[name] = carrying
    if is_own_region:
        _own_region = name


def own_region_parameter() -> str:
    """The parameter whose value names the visitor's region; empty where no room registered one."""
    return _own_region


def carried() -> dict[str, Carrying]:
    """The parameters that lists carry on, and what of them."""
    return dict(_carried)


def facets() -> dict[str, Facet]:
    """All facets by name, the built-in one first."""
    return {TYPE_FACET: TYPES, **_facets}

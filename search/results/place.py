"""The place that a search is about: typed as such, or named among the words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpRequest

from search import registry
from search.analysis import Token, query_tokens
from search.engines.base import EngineAnswer, Near, Origin, Term, Word
from search.places import RADII, Mention, Place, PlaceHelp, places
from search.query import Query
from search.query_text import without_excluded
from search.results.expansion import CORRECTED_WEIGHT


@dataclass(frozen=True)
class PlaceLink:
    """The same search for one of several places of a name."""

    label: str
    url: str


@dataclass(frozen=True)
class RadiusOption:
    """How far around the place; ``kilometres`` is 0 for anywhere."""

    kilometres: int
    count: int
    selected: bool
    url: str


@dataclass(frozen=True)
class PlaceNote:
    """What a result page says of the place.

    Args:
        typed: what was typed where it was read as a place.
        place: the place it is about.
        is_first: whether its pages come first: in another order they do not.
        choices: places of the name, where it is open which is meant or others have it.
        help: who helps there.
        radii: with the number of hits; those only in which more is found than in a smaller one,
            and the chosen one.
        remove_url: the search without the place.
        is_unknown: whether no place is called as typed.
    """

    typed: str
    place: Place | None = None
    is_first: bool = True
    choices: list[PlaceLink] = field(default_factory=list)
    help: PlaceHelp | None = None
    radii: list[RadiusOption] = field(default_factory=list)
    remove_url: str = ""
    is_unknown: bool = False

    @property
    def wider(self) -> RadiusOption | None:
        """The next radius in which something is found, where nothing is in the chosen one."""
        if not any(option.selected and not option.count for option in self.radii):
            return None
        return next((option for option in self.radii if option.count), None)


@dataclass(frozen=True)
class FoundPlace:
    """A place in a query: the mention, and whether it stood among the words."""

    mention: Mention
    in_text: bool

    @property
    def place(self) -> Place | None:
        """The place meant; ``None`` where it is open which."""
        return self.mention.places[0] if self.mention.is_sure else None


def find_place(query: Query) -> FoundPlace | None:
    """The place that ``query`` is about; the one in the address before one in the words.

    Lists of one region are about that region.
    """
    known = places()
    if known is None or not query.takes_place:
        return None
    if query.place:
        mention = known.named(query.place)
        return FoundPlace(mention, in_text=False) if mention else None
    if query.exact or not query.text:
        return None
    mention = known.mentioned(without_excluded(query.text), query.language)
    return FoundPlace(mention, in_text=True) if mention else None


def find_in_unmatched(query: Query, tokens: Sequence[Token]) -> FoundPlace | None:
    """A place among words that no page has, as typed or corrected.

    Args:
        query: without a place so far.
        tokens: their surface is looked at, their position is that of the word typed.
    """
    known = places()
    if known is None or not query.takes_place or query.place:
        return None
    for token in tokens:
        if found := known.named(token.surface):
            typed = found.typed or query.text[token.start : token.end]
            return FoundPlace(replace(found, start=token.start, end=token.end, typed=typed), True)
    return None


def near_of(
    query: Query, found: FoundPlace | None, words: tuple[Word, ...]
) -> tuple[Near | None, tuple[Word, ...]]:
    """What the engine is told of the place, and the words with those that name it.

    Args:
        query: what is asked.
        found: its place.
        words: one for each token of the query.
    """
    place = found.place if found else None
    if found is None or place is None:
        return None, words
    at = positions(query, found)
    if not at:
        at, words = (len(words),), (*words, Word(()))
    if found.mention.typed:
        named = query_tokens(place.name, query.language)
        terms = tuple(
            Term(token.form, (), CORRECTED_WEIGHT, Origin.CORRECTED)
            for token in named
            if token.form.isalpha()
        )
        words = tuple(
            replace(word, terms=(*word.terms, *terms)) if number == at[0] else word
            for number, word in enumerate(words)
        )
    near = Near(
        lat=place.lat,
        lon=place.lon,
        region=place.region,
        land_regions=place.land_regions,
        house_types=registry.house_types(),
        words=at,
        radius=query.radius if query.place else None,
    )
    return near, words


def positions(query: Query, found: FoundPlace | None) -> tuple[int, ...]:
    """Which words of the text name the place."""
    if found is None or found.place is None or not found.in_text:
        return ()
    start, end = found.mention.start, found.mention.end
    return tuple(n for n, token in enumerate(query.tokens) if start <= token.start < end)


def place_note(
    query: Query,
    found: FoundPlace | None,
    answer: EngineAnswer,
    request: HttpRequest | None,
) -> PlaceNote | None:
    """What the result page says of the place.

    Args:
        query: with the filters that were understood.
        found: its place.
        answer: of the engine.
        request: the current request.
    """
    known = places()
    if found is None or known is None:
        is_unknown = bool(known and query.place and query.takes_place)
        without = replace(query, place="", radius=None).url()
        return PlaceNote(query.place, remove_url=without, is_unknown=True) if is_unknown else None
    mention, place = found.mention, found.place
    rest = query
    if found.in_text:
        text = " ".join((query.text[: mention.start] + query.text[mention.end :]).split())
        rest = replace(query, text=text.removesuffix(" in"))
    others = mention.places[1:] if place else mention.places
    choices = [
        PlaceLink(
            f"{other.name} ({other.area})",
            replace(rest, place=other.value, radius=None).url(),
        )
        for other in others
    ]
    if place is None:
        return PlaceNote(query.place or mention.typed, choices=choices)
    asked = replace(rest, place=place.value)
    return PlaceNote(
        typed=mention.typed,
        place=place,
        is_first=query.effective_sort == "relevanz",
        choices=choices,
        help=known.help_for(place, request, query.language),
        radii=list(_radii(asked, answer)),
        remove_url=replace(rest, place="", radius=None).url()
        if query.place
        else replace(query, exact=True).url(),
    )


def _radii(query: Query, answer: EngineAnswer) -> Iterator[RadiusOption]:
    """The radii that make a difference, and the one of ``query``."""
    most = 0
    for radius in RADII:
        count = answer.within.get(radius, 0)
        if count > most or query.radius == radius:
            url = replace(query, radius=radius).url()
            yield RadiusOption(radius, count, query.radius == radius, url)
        most = max(most, count)

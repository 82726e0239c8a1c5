"""What the address of a request says of whoever asks: who, where, and what they keep in mind."""

from dataclasses import dataclass, field, replace

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from funding.choices import TOGETHER, WHO_FACET, Applicant
from funding.fit import Profile
from funding.places import KEY_PARAMETER, Where, place_in, read_where
from funding.shortlist import PARAMETER, Shortlist
from search.places import PLACE_PARAMETER


@dataclass(frozen=True)
class Asked:
    """Who asks, where, and their shortlist.

    Args:
        who: one of :class:`Applicant`, :data:`TOGETHER`, or empty: not said, or several.
        where: the place.
        shortlist: programmes that they keep.
        is_place_left_out: whether a place that the words name does not count.
    """

    who: str = ""
    where: Where = field(default_factory=Where)
    shortlist: Shortlist = field(default_factory=Shortlist)
    is_place_left_out: bool = False

    @property
    def profile(self) -> Profile:
        """What programmes are compared with."""
        return Profile(self.who, self.where.spot, self.where.name)

    @property
    def kept(self) -> dict[str, str]:
        """Parameters that are no filters of the list, and that all its links keep."""
        place = {PLACE_PARAMETER: ""} if self.is_place_left_out else self.where.parameters
        return {**place, **self.shortlist.parameters}

    def without_place(self, text: str) -> "Asked":
        """The same, asked nowhere.

        Args:
            text: the words, which may name a place.
        """
        return replace(self, where=Where(), is_place_left_out=bool(place_in(text)))

    def beside(self, url: str, **more: str) -> str:
        """An address of a programme or list that still knows who asks.

        Args:
            url: without parameters.
            more: further parameters.
        """
        who = {WHO_FACET: self.who} if self.who else {}
        parameters = {**who, **self.kept, **more}
        return f"{url}?{urlencode(parameters)}" if parameters else url


def asked(request: HttpRequest | None) -> Asked:
    """What the address says; a place is looked up once a request."""
    if request is None:
        return Asked()
    known = vars(request)
    if "_funding_asked" not in known:
        known["_funding_asked"] = _read(request.GET)
    return known["_funding_asked"]


def _read(given: QueryDict) -> Asked:
    """What the parameters say; a field for the place that somebody emptied means no place."""
    who = _who(given.getlist(WHO_FACET))
    shortlist = Shortlist.read(given.getlist(PARAMETER))
    text, key = given.get("q", ""), given.get(KEY_PARAMETER, "")
    if PLACE_PARAMETER not in given:
        return Asked(who, read_where("" if key else place_in(text), key), shortlist)
    if typed := given.get(PLACE_PARAMETER, "").strip():
        return Asked(who, read_where(typed, key), shortlist)
    return Asked(who, shortlist=shortlist).without_place(text)


def _who(values: list[str]) -> str:
    """Who asks, if they said one thing."""
    chosen = set(values)
    known = {*Applicant.values, TOGETHER}
    return chosen.pop() if len(chosen) == 1 and chosen <= known else ""

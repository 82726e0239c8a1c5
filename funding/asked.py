"""What the address of a request says of whoever asks: who, where, and what they keep in mind."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.http import urlencode

from funding.choices import TOGETHER, WHO_FACET, Applicant
from funding.fit import Profile
from funding.places import Where, place_in, read_where
from funding.shortlist import PARAMETER, Shortlist


@dataclass(frozen=True)
class Asked:
    """Who asks, where, and their shortlist.

    Args:
        who: one of :class:`Applicant`, :data:`TOGETHER`, or empty: not said, or several.
        where: the place.
        shortlist: programmes that they keep.
    """

    who: str = ""
    where: Where = field(default_factory=Where)
    shortlist: Shortlist = field(default_factory=Shortlist)

    @property
    def profile(self) -> Profile:
        """What programmes are compared with."""
        return Profile(self.who, self.where.spot, self.where.name)

    @property
    def kept(self) -> dict[str, str]:
        """Parameters that are no filters of the list, and that all its links keep."""
        return {**self.where.parameters, **self.shortlist.parameters}

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
        given = request.GET
        place = (
            given.get("ort") if "ort" in given or "ags" in given else place_in(given.get("q", ""))
        )
        known["_funding_asked"] = Asked(
            _who(given.getlist(WHO_FACET)),
            read_where(place or "", given.get("ags", "")),
            Shortlist.read(given.getlist(PARAMETER)),
        )
    return known["_funding_asked"]


def _who(values: list[str]) -> str:
    """Who asks, if they said one thing."""
    chosen = set(values)
    known = {*Applicant.values, TOGETHER}
    return chosen.pop() if len(chosen) == 1 and chosen <= known else ""

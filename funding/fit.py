"""Whether a programme fits somebody: what is known is compared, what is not is named.

A verdict of the whole is the worst of its reasons. The search filters by the same rules
(:func:`who_keys`), so that a list never shows what its own reasons refuse. Nothing is promised.
No database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funding.areas import Area, Coverage, Directory, Spot
from funding.choices import CIVIL_SOCIETY, COMPANIES, TOGETHER, Applicant, DeadlineKind, Role
from funding.deadlines import State, Status
from funding.wording import deadline_text


class Verdict(IntEnum):
    """How a reason, or the whole, speaks; the highest decides."""

    NOTE = 0
    FITS = 1
    CHECK = 2
    DOES_NOT_FIT = 3


@dataclass(frozen=True)
class Reason:
    """One reason, in words for whoever asked."""

    verdict: Verdict
    text: str


@dataclass(frozen=True)
class Profile:
    """Who asks.

    Args:
        who: one of :class:`Applicant`, :data:`TOGETHER`, or empty: not said.
        spot: where; ``None``: not said.
        place: what the place is called.
    """

    who: str = ""
    spot: Spot | None = None
    place: str = ""


@dataclass(frozen=True)
class Programme:
    """What is compared of a programme.

    Args:
        roles: how each kind of applicant may take part; who is missing is not named.
        area: where it applies.
        area_text: the same in words.
        deadline: how its deadlines stand now.
        deadline_kind: one of :class:`DeadlineKind`.
        rural_only: whether it says “rural areas” without naming them.
        own_share: of the costs in percent that applicants pay themselves.
        minimum_age: years that an organisation must exist.
        not_begun: whether the project must not have begun.
        de_minimis: whether a company counts it as de minimis aid.
        to_check: further conditions, each in words.
        is_overdue: whether nobody has checked it for too long.
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    area: Area = field(default_factory=Area)
    area_text: str = ""
    deadline: Status = field(default_factory=lambda: Status(State.UNKNOWN))
    deadline_kind: str = DeadlineKind.UNKNOWN
    rural_only: bool = False
    own_share: int | None = None
    minimum_age: int | None = None
    not_begun: bool = False
    de_minimis: bool = False
    to_check: tuple[str, ...] = ()
    is_overdue: bool = False


@dataclass(frozen=True)
class Fit:
    """The answer: ``verdict`` is a note only where nothing was asked."""

    verdict: Verdict
    reasons: tuple[Reason, ...]


def fit(profile: Profile, programme: Programme, directory: Directory, now: datetime) -> Fit:
    """Compare; reasons come as people ask: where, who, until when, what else."""
    reasons = [
        _where(profile, programme, directory),
        *_rural(profile, programme),
        who_reason(profile.who, programme.roles),
        _deadline(programme, now),
        *_conditions(profile, programme),
    ]
    asked = bool(profile.who or profile.spot)
    worst = max(reason.verdict for reason in reasons)
    return Fit(worst if asked else Verdict.NOTE, tuple(reasons))


# --- where -----------------------------------------------------------------------------------


def _where(profile: Profile, programme: Programme, directory: Directory) -> Reason:
    if not programme.area.included:
        return Reason(Verdict.CHECK, _("Where it applies is not known: please check."))
    names = {"area": programme.area_text, "place": profile.place}
    if profile.spot is None:
        return Reason(Verdict.NOTE, _("applies in: %(area)s") % names)
    coverage = programme.area.coverage(profile.spot, directory)
    if coverage == Coverage.WHOLE:
        return Reason(Verdict.FITS, _("%(place)s fits (%(area)s)") % names)
    if coverage == Coverage.PART:
        text = _("applies only in a part of %(place)s (%(area)s): please check")
        return Reason(Verdict.CHECK, text % names)
    return Reason(Verdict.DOES_NOT_FIT, _("not in %(place)s, only: %(area)s") % names)


def _rural(profile: Profile, programme: Programme) -> Iterable[Reason]:
    if programme.rural_only:
        verdict = Verdict.CHECK if profile.spot else Verdict.NOTE
        yield Reason(verdict, _("only in rural areas: please check whether your place counts"))


# --- who -------------------------------------------------------------------------------------


#: Forms that any non-profit organisation includes.
_NONPROFIT_FORMS = (Applicant.ASSOCIATION, Applicant.GGMBH)


def expanded(roles: Mapping[str, str]) -> dict[str, str]:
    """Roles with what they imply: any non-profit organisation means associations and gGmbHs too."""
    found = {who: role for who, role in roles.items() if role}
    if general := found.get(Applicant.NONPROFIT):
        for who in _NONPROFIT_FORMS:
            found.setdefault(who, general)
    return found


def who_keys(roles: Mapping[str, str]) -> list[str]:
    """For whom the search finds a programme: everybody whom :func:`who_reason` does not refuse."""
    everybody = [*Applicant.values, TOGETHER]
    refused = Verdict.DOES_NOT_FIT
    return [who for who in everybody if who_reason(who, roles).verdict != refused]


def fitting_keys(roles: Mapping[str, str]) -> list[str]:
    """For whom it fits and nothing has to be checked: they see it first."""
    everybody = [*Applicant.values, TOGETHER]
    return [who for who in everybody if who_reason(who, roles).verdict == Verdict.FITS]


def who_reason(who: str, roles: Mapping[str, str]) -> Reason:
    """Whether ``who`` may apply, and how."""
    known = expanded(roles)
    if not known:
        return Reason(Verdict.CHECK, _("Who may apply is not known: please check."))
    if not who:
        return Reason(Verdict.NOTE, _("for: %(names)s") % {"names": _names(known)})
    if who == TOGETHER:
        return _together(known)
    role = known.get(who)
    if role == Role.ALONE:
        return Reason(Verdict.FITS, _("you can apply yourselves"))
    if role == Role.JOINTLY:
        others = {other: r for other, r in known.items() if other != who}
        if not others:
            return Reason(Verdict.FITS, _("you apply together with others of your kind"))
        text = _("you can apply together with: %(names)s") % {"names": _names(others)}
        return Reason(Verdict.FITS, text)
    if role == Role.PARTNER:
        applying = {other: r for other, r in known.items() if r != Role.PARTNER}
        text = _("you can be a partner; the application comes from: %(names)s")
        return Reason(Verdict.CHECK, text % {"names": _names(applying) or _("others")})
    if who == Applicant.NONPROFIT and known.keys() & _NONPROFIT_FORMS:
        # Whoever says no more than that may be one of them.
        text = _("only for: %(names)s; please check")
        return Reason(Verdict.CHECK, text % {"names": _names(known)})
    return Reason(
        Verdict.DOES_NOT_FIT, _("not for you, but for: %(names)s") % {"names": _names(known)}
    )


def _together(known: Mapping[str, str]) -> Reason:
    """An association and a company together: one applies, the other has a part in it."""
    civil = _best(known, CIVIL_SOCIETY)
    company = _best(known, COMPANIES)
    if civil in _APPLIES and company in _APPLIES:
        return Reason(Verdict.FITS, _("for both together"))
    if civil in _APPLIES and company == Role.PARTNER:
        return Reason(Verdict.FITS, _("the association applies, the company is its partner"))
    if company in _APPLIES and civil == Role.PARTNER:
        return Reason(Verdict.FITS, _("the company applies, the association is its partner"))
    if civil in _APPLIES:
        text = _("the association can apply; whether a company may be its partner: please check")
        return Reason(Verdict.CHECK, text)
    if company in _APPLIES:
        text = _("the company can apply; whether an association may be its partner: please check")
        return Reason(Verdict.CHECK, text)
    if civil or company:
        others = {who: role for who, role in known.items() if role in _APPLIES}
        text = _("you can be partners; the application comes from: %(names)s")
        return Reason(Verdict.CHECK, text % {"names": _names(others) or _("others")})
    return Reason(
        Verdict.DOES_NOT_FIT, _("not for you, but for: %(names)s") % {"names": _names(known)}
    )


_APPLIES = frozenset({Role.ALONE, Role.JOINTLY})
_ORDER = (Role.ALONE, Role.JOINTLY, Role.PARTNER)


def _best(known: Mapping[str, str], group: Iterable[str]) -> str:
    """The most that anybody of a group may do; empty for nothing."""
    roles = {known[who] for who in group if who in known}
    return next((role for role in _ORDER if role in roles), "")


def _names(known: Mapping[str, str]) -> str:
    """Those who are named, without what a more general name says already."""
    general = known.get(Applicant.NONPROFIT)
    implied = {who for who in _NONPROFIT_FORMS if general and known.get(who) == general}
    named = (who for who in Applicant.values if who in known and who not in implied)
    return ", ".join(str(Applicant(who).label) for who in named)


# --- until when, and what else -----------------------------------------------------------------


def _deadline(programme: Programme, now: datetime) -> Reason:
    verdict = {
        State.OPEN: Verdict.NOTE,
        State.OPENS_LATER: Verdict.NOTE,
        State.ANNOUNCED: Verdict.CHECK,
        State.UNKNOWN: Verdict.CHECK,
        State.OVER: Verdict.DOES_NOT_FIT,
    }[programme.deadline.state]
    return Reason(verdict, deadline_text(programme.deadline_kind, programme.deadline, now))


def _conditions(profile: Profile, programme: Programme) -> Iterable[Reason]:
    if programme.own_share is not None:
        text = _("%(share)d %% own contribution") % {"share": programme.own_share}
        yield Reason(Verdict.NOTE, text)
    if programme.minimum_age and profile.who not in COMPANIES:
        text = ngettext(
            "your organisation must exist for %(years)d year: please check",
            "your organisation must exist for %(years)d years: please check",
            programme.minimum_age,
        )
        yield Reason(Verdict.CHECK, text % {"years": programme.minimum_age})
    if programme.not_begun:
        yield Reason(Verdict.NOTE, _("apply before you begin"))
    if programme.de_minimis and (not profile.who or profile.who in (*COMPANIES, TOGETHER)):
        yield Reason(Verdict.NOTE, _("counts as de minimis aid for companies"))
    if programme.is_overdue:
        text = _("details not confirmed for some time: please check with the funder")
        yield Reason(Verdict.CHECK, text)
    for condition in programme.to_check:
        yield Reason(Verdict.CHECK, _("%(condition)s: please check") % {"condition": condition})

"""Fit: who asks where, and what a programme asks for; verdict and reason in words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from funding.area_text import described, parse
from funding.areas import Spot
from funding.choices import TOGETHER, Applicant
from funding.deadlines import Round, status
from funding.fit import Profile, Programme, Verdict, fit, who_keys, who_reason
from funding.places import german_districts as directory

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
RHEINE = Spot.of("05566", "48431")
ZITTAU = Spot.of("14626", "02763")
MICRO = {"gemeinnuetzig": "allein"}
BOTH = {"verein": "allein", "betrieb-klein": "partner"}

#: Who, roles, verdict, a part of the reason.
WHO = [
    ("verein", {"verein": "allein"}, "FITS", "selbst"),
    ("verein", MICRO, "FITS", "selbst"),
    ("ggmbh", MICRO, "FITS", "selbst"),
    ("gemeinnuetzig", MICRO, "FITS", "selbst"),
    ("gemeinnuetzig", {"verein": "allein"}, "CHECK", "nur für: Verein; bitte prüfen"),
    ("gemeinnuetzig", {"ggmbh": "partner", "kommune": "allein"}, "CHECK", "Stadt"),
    ("gemeinnuetzig", {"initiative": "allein"}, "DOES_NOT_FIT", "nicht für Sie"),
    ("initiative", MICRO, "DOES_NOT_FIT", "nicht für Sie"),
    ("betrieb-klein", MICRO, "DOES_NOT_FIT", "Verein"),
    ("kommune", MICRO, "DOES_NOT_FIT", "nicht für Sie"),
    ("verein", {**MICRO, "verein": "partner"}, "CHECK", "Partner"),
    ("betrieb-klein", BOTH, "CHECK", "Partner"),
    ("betrieb-mittel", BOTH, "DOES_NOT_FIT", "nicht für Sie"),
    ("zusammen", BOTH, "FITS", "der Verein beantragt, der Betrieb ist Partner"),
    ("zusammen", {"verein": "allein"}, "CHECK", "ob ein Betrieb"),
    ("zusammen", {"betrieb-klein": "allein"}, "CHECK", "ob ein Verein"),
    ("zusammen", {"betrieb-klein": "allein", "verein": "partner"}, "FITS", "der Betrieb beantragt"),
    ("zusammen", {"verein": "gemeinsam", "betrieb-mittel": "gemeinsam"}, "FITS", "beide"),
    ("zusammen", {"verein": "partner", "kommune": "allein"}, "CHECK", "Stadt"),
    ("zusammen", {"kommune": "allein"}, "DOES_NOT_FIT", "nicht für Sie"),
    ("zusammen", {"schule": "allein"}, "DOES_NOT_FIT", "Schule"),
    ("verein", {"verein": "gemeinsam", "schule": "gemeinsam"}, "FITS", "gemeinsam beantragen mit"),
    ("verein", {"verein": "gemeinsam"}, "FITS", "Ihrer Art"),
    ("verein", {}, "CHECK", "nicht bekannt"),
    ("zusammen", {}, "CHECK", "nicht bekannt"),
    ("", {"verein": "allein"}, "NOTE", "für: Verein"),
    ("", {}, "CHECK", "nicht bekannt"),
    ("schule", {"schule": "partner", "verein": "allein"}, "CHECK", "Verein"),
    ("mittler", {"mittler": "allein"}, "FITS", "selbst"),
]

#: Where, area, whether only rural, verdict of the whole, a part of a reason.
WHERE = [
    (RHEINE, "Bund", False, "FITS", "ganz Deutschland"),
    (RHEINE, "Nordrhein-Westfalen", False, "FITS", "Nordrhein-Westfalen"),
    (RHEINE, "Sachsen", False, "DOES_NOT_FIT", "nur: Sachsen"),
    (ZITTAU, "ostdeutsche Länder", False, "FITS", "ostdeutsche Länder"),
    (ZITTAU, "Sachsen ohne AGS 14626", False, "DOES_NOT_FIT", "ohne Landkreis Görlitz"),
    (Spot("14"), "AGS 14626", False, "CHECK", "in einem Teil"),
    (Spot.of("05566"), "48431", False, "CHECK", "in einem Teil"),
    (RHEINE, "Bund", True, "CHECK", "ländlichen Raum"),
    (None, "Sachsen", False, "FITS", "gilt in: Sachsen"),
    (None, "Bund", True, "FITS", "ländlichen Raum"),
    (RHEINE, "", False, "CHECK", "nicht bekannt"),
]

#: Further conditions of a programme that is open in the whole country, verdict, a part of a reason.
CONDITIONS = [
    ("verein", {"own_share": 20}, "FITS", "20 % Eigenanteil"),
    ("verein", {"minimum_age": 1}, "CHECK", "1 Jahr"),
    ("verein", {"minimum_age": 3}, "CHECK", "3 Jahren"),
    ("betrieb-klein", {"minimum_age": 3}, "FITS", "selbst"),
    ("verein", {"not_begun": True}, "FITS", "vor dem Beginn"),
    ("betrieb-klein", {"de_minimis": True}, "FITS", "De-minimis"),
    ("verein", {"is_overdue": True}, "CHECK", "länger nicht bestätigt"),
    ("verein", {"to_check": ("nur Sportvereine",)}, "CHECK", "nur Sportvereine: bitte prüfen"),
]

#: Deadline, verdict of the whole, a part of a reason.
DEADLINES = [
    ("dauerhaft", "", "FITS", "jederzeit offen"),
    ("termin", "2026-12-19", "FITS", "noch 23 Tage"),
    ("termin", "2026-11-27", "FITS", "noch 1 Tag"),
    ("termin", "2026-11-26", "FITS", "heute letzter Tag"),
    ("termin", "2026-11-25", "DOES_NOT_FIT", "Frist war am 25. November 2026"),
    ("runden", "2026-11-25 2027-03-31", "FITS", "31. März 2027"),
    ("laufend", "2026-12-15", "FITS", "nächste Entscheidung"),
    ("solange-vorrat", "", "FITS", "solange Geld da ist"),
    ("solange-vorrat", "2026-12-19", "FITS", "Geld da ist, längstens bis 19. Dezember 2026"),
    ("angekuendigt", "", "CHECK", "angekündigt"),
    ("unbekannt", "", "CHECK", "Frist nicht bekannt"),
    ("geschlossen", "", "DOES_NOT_FIT", "nicht mehr möglich"),
    ("geschlossen", "2026-12-19", "DOES_NOT_FIT", "nicht mehr möglich"),
]


def programme(area="Bund", deadline="dauerhaft", last_days="", **fields) -> Programme:
    parsed = parse(area, directory()).area
    rounds = [Round(date.fromisoformat(day)) for day in last_days.split()]
    defaults = {
        "roles": {"verein": "allein", "betrieb-klein": "allein"},
        "area": parsed,
        "area_text": described(parsed, directory()),
        "deadline": status(deadline, rounds, NOW),
        "deadline_kind": deadline,
    }
    return Programme(**{**defaults, **fields})


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


@pytest.mark.parametrize("who, roles, verdict, says", WHO)
def test_it_says_who_may_apply(who, roles, verdict, says):
    reason = who_reason(who, roles)
    assert reason.verdict.name == verdict
    assert says in reason.text


@pytest.mark.parametrize("spot, area, rural, verdict, says", WHERE)
def test_it_says_where_it_applies(spot, area, rural, verdict, says):
    found = fit(
        Profile("verein", spot, "Rheine"), programme(area, rural_only=rural), directory(), NOW
    )
    assert found.verdict.name == verdict
    assert says in " · ".join(reason.text for reason in found.reasons)


@pytest.mark.parametrize("who, fields, verdict, says", CONDITIONS)
def test_it_says_what_is_asked_for(who, fields, verdict, says):
    found = fit(Profile(who), programme(**fields), directory(), NOW)
    assert found.verdict.name == verdict
    assert says in " · ".join(reason.text for reason in found.reasons)


@pytest.mark.parametrize("kind, last_days, verdict, says", DEADLINES)
def test_it_says_until_when(kind, last_days, verdict, says):
    found = fit(Profile("verein"), programme(deadline=kind, last_days=last_days), directory(), NOW)
    assert found.verdict.name == verdict
    assert says in " · ".join(reason.text for reason in found.reasons)


@pytest.mark.parametrize("roles", [MICRO, BOTH, {}, {"schule": "partner"}, {"verein": "allein"}])
def test_the_search_finds_it_for_everybody_who_is_not_refused(roles):
    everybody = [*Applicant.values, TOGETHER]
    refused = [who for who in everybody if who_reason(who, roles).verdict == Verdict.DOES_NOT_FIT]
    assert set(who_keys(roles)) == set(everybody) - set(refused)


def test_where_nothing_was_asked_there_is_no_verdict():
    assert fit(Profile(), programme(), directory(), NOW).verdict == Verdict.NOTE

"""Official keys of districts (AGS, *Amtlicher Gemeindeschlüssel*, its first five digits)."""

import re

# How official keys are given: of the numbers of a state (of its government districts), the low ones
# belong to cities. So high do they go.
_LAST_CITY = {"05": 24, "09": 69, "12": 56, "16": 56}
_LAST_CITY_ELSEWHERE = 20
#: How these two states (Nordrhein-Westfalen, Schleswig-Holstein) call a district: elsewhere it is a
#: Landkreis. Some have a name of their own that says what they are.
_KREIS_STATES = ("01", "05")
_NAMED_BY_KIND = re.compile(r"kreis|region", re.IGNORECASE)
_OF_CITIES = re.compile(r"^(?:Kreisfreie Stadt|Landeshauptstadt)\s+|,.*$")


def is_city(code: str) -> bool:
    """Whether a district is a city of its own, which its name does not always say: „Hof“.

    Args:
        code: its official key.
    """
    last = int(code[3:])
    if code.startswith("08"):  # Regions of Baden-Württemberg begin anew every ten numbers.
        return last % 10 <= 2
    return last <= _LAST_CITY.get(code[:2], _LAST_CITY_ELSEWHERE)


def district_name(code: str, name: str) -> str:
    """What people call a district: „Kreis Steinfurt“, which is not the town of Steinfurt.

    The data say of some what they are and of others not: „Kreisfreie Stadt München“, „Kassel,
    documenta-Stadt“, „Ostalbkreis“, „Steinfurt“.

    Args:
        code: its official key.
        name: of the data.

    Returns:
        The bare name for a city of its own, with its kind for any other.
    """
    if is_city(code):
        return _OF_CITIES.sub("", name)
    if _NAMED_BY_KIND.search(name):
        return name
    return f"{'Kreis' if code[:2] in _KREIS_STATES else 'Landkreis'} {name}"

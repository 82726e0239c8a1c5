"""Official keys of districts (AGS, *Amtlicher Gemeindeschlüssel*, its first five digits)."""

# How official keys are given: of the numbers of a state (of its government districts), the low ones
# belong to cities. So high do they go.
_LAST_CITY = {"05": 24, "09": 69, "12": 56, "16": 56}
_LAST_CITY_ELSEWHERE = 20


def is_city(code: str) -> bool:
    """Whether a district is a city of its own, which its name does not always say: „Hof“.

    Args:
        code: its official key.
    """
    last = int(code[3:])
    if code.startswith("08"):  # Regions of Baden-Württemberg begin anew every ten numbers.
        return last % 10 <= 2
    return last <= _LAST_CITY.get(code[:2], _LAST_CITY_ELSEWHERE)

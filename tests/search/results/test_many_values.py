"""A facet with many values: twenty are shown, and all on demand."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from search.results.types import FacetResult, FacetValue


def rendered(number: int, selected: int = 0) -> str:
    """The filters of a list with one facet of ``number`` values."""
    values = [
        FacetValue(f"wert-{n}", f"Wert {n}", count=1, selected=n == selected)
        for n in range(1, number + 1)
    ]
    results = {"facets": [FacetResult("kreis", "Kreis", values)], "chips": [], "text": ""}
    with translation.override("de"):
        return render_to_string("components/facets.html", {"results": results})


def test_twenty_values_need_no_button() -> None:
    assert "facet__more" not in rendered(20)


def test_more_values_are_there_behind_a_button() -> None:
    first, _, rest = rendered(25).partition('<details class="facet__more">')

    assert first.count('class="facet__box"') == 20
    assert rest.count('class="facet__box"') == 5
    assert "Alle 25 zeigen" in rest


@pytest.mark.parametrize(("selected", "is_open"), [(3, False), (23, True)])
def test_a_selected_value_is_never_hidden(selected: int, is_open: bool) -> None:
    assert ('<details class="facet__more" open>' in rendered(25, selected)) is is_open

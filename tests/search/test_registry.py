"""What rooms register for the search."""

from search.registry import joined


def test_facet_keys_of_several_are_joined_each_once() -> None:
    found = joined({"programm": ("a", "b"), "region": ()}, {"programm": ("b", "c")})
    assert found == {"programm": ("a", "b", "c"), "region": ()}

"""Which words are taken for slips."""

import pytest

from demo.builders import build_news, build_standard
from search.presets import Preset
from tests.search.factories import author, published, results

pytestmark = pytest.mark.django_db


def test_a_word_of_pages_outside_the_list_is_not_replaced() -> None:
    published(build_news(user=author(), title="Brinkhoff"))
    published(build_standard(user=author(), title="Brinkhorf"))
    found = results("q=Brinkhoff", Preset(types=("seite",))).notes

    assert (found.corrected, found.unmatched, found.is_of_list) == ((), ("Brinkhoff",), True)

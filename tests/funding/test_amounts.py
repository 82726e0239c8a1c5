"""How much one gets, in words."""

import pytest
from django.utils import translation

from funding.models import FundingPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lowest", "highest", "words"),
    [
        (None, None, ""),
        (500, None, "ab 500 Euro"),
        (None, 20_000, "bis zu 20.000 Euro"),
        (500, 20_000, "500 bis 20.000 Euro"),
        (2_000, 2_000, "2.000 Euro"),
    ],
)
def test_amount_is_said_in_words(lowest: int | None, highest: int | None, words: str) -> None:
    with translation.override("de"):
        assert FundingPage(amount_from=lowest, amount_to=highest).amount == words

"""Pages of the region in English, at each stage."""

import pytest
from wagtail.models import Locale

from demo import review
from tests.translating import fresh, public, translated, write_string


@pytest.fixture
def english():
    """The second language."""
    return Locale.objects.get(language_code="en")


@pytest.fixture
def public_news(news, editor):
    """A public news item of the region."""
    return public(news, editor)


@pytest.fixture
def house_in_english(house, english, national_editor):
    """The region's house in English, a draft."""
    return translated(house, english, national_editor)[1]


@pytest.fixture
def news_in_english(public_news, house_in_english, english, editor):
    """The translation and the English draft of the public news item."""
    return translated(public_news, english, editor)


@pytest.fixture
def live_in_english(news_in_english, editor, lead):
    """The translation and the English page, approved by the lead."""
    translation, page = news_in_english
    write_string(translation, "title", "Breakfast")
    translation.save_target(user=editor)
    review.submit(fresh(page), editor)
    return translation, review.approve(page, lead)

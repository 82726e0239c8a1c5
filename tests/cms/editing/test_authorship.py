"""Who saved a page, asked in the query of many pages."""

import pytest
from wagtail.models import Page

from cms.editing.authorship import has_saved
from demo.builders import build_news, build_news_index

pytestmark = pytest.mark.django_db


def test_a_page_says_whether_somebody_saved_it(house, editor, lead) -> None:
    index = build_news_index(house)
    own, other = (build_news(index, editor, title=title) for title in ("Eigene", "Andere"))
    own.save_revision(user=lead)
    other.save_revision(user=editor)
    pages = Page.objects.filter(pk__in=[own.pk, other.pk]).annotate(saved=has_saved(lead))
    assert dict(pages.values_list("pk", "saved")) == {own.pk: True, other.pk: False}

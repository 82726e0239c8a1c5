"""The root of all pages, which administrators see."""

import pytest
from wagtail.models import Page


@pytest.mark.django_db
def test_it_has_a_german_name():
    root = Page.objects.get(depth=1)
    assert (root.title, root.draft_title) == ("Alle Seiten", "Alle Seiten")

"""The full-text table of the database."""

import pytest

from search.engines.fulltext import get_fulltext
from search.engines.lexemes import lexeme
from search.models import Entry, IndexClock
from tests.search.factories import found, make_entry

pytestmark = pytest.mark.django_db


def test_lexemes_keep_apart_what_differs() -> None:
    values = ["förder", "f_f6_rder", "f f6 rder", "forder", "f'örder", 'f"']

    assert len({lexeme(value) for value in values}) == len(values)


def test_removed_full_text_is_gone() -> None:
    make_entry(1, title="Mentoring")
    get_fulltext().remove([1, 2])

    assert get_fulltext().page_ids() == set()


def test_full_text_without_entry_is_no_hit() -> None:
    make_entry(1, title="Mentoring")
    Entry.objects.all().delete()
    IndexClock.advance()

    assert found("Mentoring") == []

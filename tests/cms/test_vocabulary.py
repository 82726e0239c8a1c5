"""Terms: shown by name in the visitor's language, kept by key."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from cms.models import Term, vocabulary
from cms.models.vocabulary import Vocabulary, register_vocabulary, with_labels

pytestmark = pytest.mark.django_db


@pytest.fixture
def term():
    """A term that companies call differently."""
    term = Term.objects.create(vocabulary="topic", key="freiwillige", order=1)
    term.labels.create(language="de", name="Freiwillige", other_world="Mitarbeitende")
    term.labels.create(language="en", name="Volunteers", other_world="Staff")
    return term


def with_only_german() -> Term:
    term = Term.objects.create(vocabulary="topic", key="ehrenamt", order=2)
    term.labels.create(language="de", name="Ehrenamt", other_world="Unternehmensengagement")
    return term


@pytest.mark.parametrize("language, name", [("de", "Freiwillige"), ("en", "Volunteers")])
def test_label_follows_the_language(term, language, name):
    with translation.override(language):
        assert term.label == name


def test_missing_label_falls_back_to_german():
    with translation.override("en"):
        assert with_only_german().label == "Ehrenamt"


def test_without_any_label_the_key_is_shown():
    assert Term.objects.create(vocabulary="topic", key="ohne-namen").label == "ohne-namen"


def test_word_of_the_other_world_follows_the_language(term):
    with translation.override("en"):
        assert term.other_world == "Staff"


def test_word_of_the_other_world_is_never_in_the_wrong_language():
    with translation.override("en"):
        assert with_only_german().other_world == ""


def test_key_is_unique_in_its_vocabulary(term):
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(vocabulary="topic", key=term.key)
    assert Term.objects.create(vocabulary="party", key=term.key).pk


def test_a_room_can_have_a_vocabulary_of_its_own(monkeypatch):
    monkeypatch.setattr(vocabulary, "_vocabularies", dict(Vocabulary.choices))
    register_vocabulary("audience", "Zielgruppen")
    term = Term(vocabulary="audience", key="jugend")
    term.full_clean()
    assert term.get_vocabulary_display() == "Zielgruppen"


@pytest.mark.parametrize("key", ["topic", "longer-than-its-column"])
def test_a_vocabulary_that_terms_could_not_name_is_refused(key):
    with pytest.raises(ValueError, match=key):
        register_vocabulary(key, "Zielgruppen")


def test_terms_come_with_their_labels_from_one_query(term, django_assert_num_queries):
    with_only_german()
    Term.objects.create(vocabulary="topic", key="ohne-namen", order=3)
    keys = ["freiwillige", "ehrenamt", "ohne-namen"]
    with django_assert_num_queries(1):
        found = with_labels(Term.objects.filter(key__in=keys))
        labels = [(one.label, one.other_world) for one in found]
    assert labels == [
        ("Freiwillige", "Mitarbeitende"),
        ("Ehrenamt", "Unternehmensengagement"),
        ("ohne-namen", ""),
    ]


def test_listing_terms_costs_two_queries(term, django_assert_num_queries):
    with_only_german()
    with django_assert_num_queries(2):
        assert {"Freiwillige", "Ehrenamt"} <= {str(one) for one in Term.objects.all()}


def delete_address(term) -> str:
    return reverse("terms:delete", args=[term.pk])


def test_deleted_term_is_still_named(term):
    term.delete()
    assert str(term) == "freiwillige"


def test_unused_term_can_be_deleted(term, administrator, sign_in):
    response = sign_in(administrator).post(delete_address(term), follow=True)
    assert response.status_code == 200
    assert not Term.objects.filter(key="freiwillige").exists()


def test_used_term_cannot_be_deleted(term, news, administrator, sign_in):
    news.topics.add(term)
    news.save()
    response = sign_in(administrator).post(delete_address(term))
    assert news.title in response.content.decode()
    assert Term.objects.filter(pk=term.pk).exists()


def test_admin_says_where_a_term_is_used(term, news, administrator, sign_in):
    news.topics.add(term)
    news.save()
    text = sign_in(administrator).get(delete_address(term)).content.decode()
    assert news.title in text
    assert reverse("wagtailadmin_pages:edit", args=[news.pk]) in text
    assert 'method="POST"' not in text.split("<main", 1)[1]

"""The terms of a vocabulary as choices of a form, from memory instead of two queries a field."""

from collections.abc import Iterator
from typing import Any, cast

from django.forms import CheckboxSelectMultiple
from django.forms.models import ModelChoiceIterator

from cms.delivery.cached_terms import terms_of
from cms.models import Term


class TermChoices(ModelChoiceIterator):  # type: ignore[type-arg]  # generic in stubs only
    """The terms of the vocabulary that the field is limited to, in their order."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        for term in self._terms:
            yield self.choice(term)

    def __len__(self) -> int:
        return len(self._terms)

    def __bool__(self) -> bool:
        return bool(self._terms)

    @property
    def _terms(self) -> list[Term]:
        limits = cast("dict[str, str]", self.field.get_limit_choices_to())
        return list(terms_of(limits["vocabulary"]).values())


class TermCheckboxes(CheckboxSelectMultiple):
    """All terms of a vocabulary at a glance; nobody has to know what to type."""

    @property
    def choices(self) -> Any:
        """What the field offers."""
        return self._choices

    @choices.setter
    def choices(self, offered: Any) -> None:
        # Of a field, Django hands on an iterator that asks the database.
        is_asked = type(offered) is ModelChoiceIterator
        self._choices = TermChoices(offered.field) if is_asked else offered

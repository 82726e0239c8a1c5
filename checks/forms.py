"""The editors of self-checks, and of the forms of houses."""

from collections.abc import Mapping

from django.forms import Form, ValidationError
from django.utils.translation import gettext as _

from checks.definition import MULTIPLE, NEED, SECTION, SINGLE, parse_choices
from cms.editing.forms import PageForm


class FormPageForm(PageForm):
    """Refuses what nobody could fill in: a choice without answers."""

    def clean(self) -> dict[str, object] | None:
        """Look at the rows one by one; drafts may be unfinished."""
        cleaned = super().clean()
        formset = self.formsets.get("form_fields")
        if formset is None or self.is_deferred_validation or not formset.is_valid():
            return cleaned
        forms = formset.ordered_forms if formset.can_order else formset.forms
        self.check_rows([form for form in forms if not form.cleaned_data.get("DELETE")])
        return cleaned

    def check_rows(self, rows: list[Form]) -> None:
        """Say beside each row, in their order, what is wrong with it."""
        for form in rows:
            for name, error in problems_of(form.cleaned_data):
                form.add_error(name, ValidationError(error))


class SelfCheckForm(FormPageForm):
    """Refuses a question before the first section, too."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        formset = self.formsets.get("form_fields")
        if formset is not None and not self.is_bound and not self.instance.pk and formset.forms:
            # A new check begins with a section.
            formset.forms[0].initial["field_type"] = SECTION

    def check_rows(self, rows: list[Form]) -> None:
        """The first one is a section."""
        if rows and rows[0].cleaned_data.get("field_type") != SECTION:
            rows[0].add_error("field_type", _("Begin with a section: a question stands in one."))
        super().check_rows(rows)


def problems_of(row: Mapping[str, object]) -> list[tuple[str, str]]:
    """What is wrong with one section or question, by field."""
    kind, found = row.get("field_type"), []
    if kind in (SINGLE, MULTIPLE) and len(parse_choices(str(row.get("choices") or ""))) < 2:
        found.append(("choices", _("Please give at least two answers, one a line.")))
    if kind == NEED and not row.get("advice"):
        found.append(("advice", _("Please name a next step: no need for action without advice.")))
    return found

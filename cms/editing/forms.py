"""Forms and form fields shared by page types."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db.models import TextField
from django.forms import CheckboxSelectMultiple, Textarea, TextInput
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminPageForm

from cms.editing.conflicts import conflict, conflict_text, is_read_from
from cms.editing.content_comparison import is_same_value
from cms.editing.internal_links import link_pages
from cms.editing.schedule import describe_schedule, refuse_past


class TermCheckboxes(CheckboxSelectMultiple):
    """All terms of a vocabulary at a glance; nobody has to know what to type."""


class RefusedData(QueryDict):
    """What somebody sent, and why a rule outside of the form refuses it; what was typed stays."""

    refusal = ""


class PageForm(WagtailAdminPageForm):
    """Base of the forms for pages: knows what changed, refuses what one must not refer to.

    The rule of references is a room's above, named by the setting ``REFERENCE_RULE``.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # A browser cuts without a word what is pasted; the server says that it is too long.
            limit = field.widget.attrs.pop("maxlength", None) or self._soft_limits().get(name)
            if limit and isinstance(field.widget, TextInput | Textarea):
                field.widget.attrs["data-length-limit"] = str(limit)
        describe_schedule(self)

    def _soft_limits(self) -> dict[str, int]:
        """Lengths that a text should have when it is submitted; the database takes longer ones."""
        return {
            field.name: validator.limit_value
            for field in self._meta.model._meta.get_fields()
            if isinstance(field, TextField)
            for validator in field.validators
            if isinstance(validator, MaxLengthValidator)
        }

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out of the validation of a draft what only has to be shorter in the end."""
        names: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # private
        return names | set(self._soft_limits()) if self.is_deferred_validation else names

    def has_changed(self) -> bool:
        """Whether content or comments changed, not whether the browser sent it in another form.

        Django compares with a hidden input where the default is a function (today's date),
        which Wagtail never renders, and with ids and markup as they happen to be stored.
        Wagtail takes the answer for *this person wrote the text* when a review is decided.
        """
        if not self.is_valid():
            return super().has_changed()
        formsets = dict(self.formsets)
        comments = formsets.pop("comments", None)
        return (
            not self._is_same(self.changed_data, self.initial, self.cleaned_data)
            or any(_rows_changed(formset) for formset in formsets.values())
            or (comments is not None and comments.has_changed())
        )

    def _is_same(
        self, names: Iterable[str], before: Mapping[str, object], after: Mapping[str, object]
    ) -> bool:
        # Whether somebody wants to hear of comments is a field of the form, not of the page.
        own = {field.name: field for field in self.instance._meta.get_fields()}
        return all(
            name in own and is_same_value(own[name], before.get(name), after.get(name))
            for name in names
            if name != "comment_notifications"
        )

    def clean(self) -> dict[str, object] | None:
        """Refuse a schedule in the past, and an address like a neighbour's but for capitals."""
        cleaned = super().clean()
        refuse_past(self)
        slug = self.cleaned_data.get("slug")
        if slug and self.parent_page and "slug" in self.changed_data:
            others = self.parent_page.get_children().exclude(pk=self.instance.pk)
            if others.filter(slug__iexact=slug).exclude(slug=slug).exists():
                text = _("Another page has this address already, but for capital letters.")
                self.add_error("slug", text)
        return cleaned

    def save(self, commit: bool = True) -> object:
        """Save; addresses of this site become links to pages, unless nothing was changed."""
        if self.has_changed():
            link_pages(self.instance)
        return super().save(commit=commit)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # private, so the stubs leave it out
        if isinstance(self.data, RefusedData):
            self.add_error(None, self.data.refusal)
        else:
            self._refuse_conflict()
        if self.for_user and any(
            import_string(settings.REFERENCE_RULE)(self.instance, self.for_user)
        ):
            self.add_error(
                None,
                _("A page, picture or file that you have chosen is not public. Choose another."),
            )

    def _refuse_conflict(self) -> None:
        """Refuse to replace a newer version silently, unless the form says the same."""
        found = conflict(self.instance)
        if found is None:
            return
        newer, sender = found
        # A button pressed twice sends the same text twice.
        if not is_read_from(self.instance, newer) or self.has_changed():
            self.add_error(None, conflict_text(newer, sender))


def _rows_changed(formset: BaseChildFormSet) -> bool:
    """Whether a valid formset leaves other rows, or the same in another order.

    A row that only a draft has comes without a key, so that its form believes it new.
    """
    before, after = _rows_before(formset), _rows_after(formset)
    fields = {field.name: field for field in formset.form._meta.model._meta.get_fields()}
    return len(before) != len(after) or not all(
        is_same_value(fields[name], old.get(name), value)
        for old, new in zip(before, after, strict=True)
        for name, value in new.items()
    )


def _rows_before(formset: BaseChildFormSet) -> list[Mapping[str, object]]:
    # The forms of rows with a key have written into the objects of the queryset by now.
    initial = {id(form.instance): form.initial for form in formset.initial_forms}
    return [initial.get(id(row)) or model_to_dict(row) for row in formset.get_queryset()]


def _rows_after(formset: BaseChildFormSet) -> list[Mapping[str, object]]:
    deleted = formset.deleted_forms
    forms = formset.ordered_forms if formset.can_order else formset.forms
    names = set(formset.form.base_fields)
    return [
        {name: value for name, value in form.cleaned_data.items() if name in names}
        for form in forms
        if form not in deleted and (form in formset.initial_forms or form.has_changed())
    ]

"""Forms and form fields shared by page types."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db.models import TextField
from django.forms import Field, Textarea, TextInput
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.blocks import ArticleBlock, LeadImageBlock
from cms.consents.forms import Consents
from cms.editing.conflicts import conflict, conflict_text, is_read_from
from cms.editing.content_comparison import is_same_value
from cms.editing.internal_links import link_pages
from cms.editing.schedule import describe_schedule, refuse_past
from cms.text import slugify

#: What the editor's buttons send when a page goes into a review.
SUBMISSIONS = ("action-submit", "action-restart-workflow")


class RefusedData(QueryDict):
    """What somebody sent, and why a rule outside of the form refuses it; what was typed stays."""

    refusal = ""


class PageForm(WagtailAdminPageForm):
    """Base of the forms for pages: knows what changed, refuses what one must not refer to.

    The rule of references is a room's above, named by the setting ``REFERENCE_RULE``.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if title := self.fields.get("title"):
            # In an input of one line one reads the end only of what one types.
            title.widget = AdminAutoHeightTextInput(attrs=title.widget.attrs)
        for name, field in self.fields.items():
            # A browser cuts without a word what is pasted; the server says that it is too long.
            limit = field.widget.attrs.pop("maxlength", None) or self._soft_limits().get(name)
            if limit and isinstance(field.widget, TextInput | Textarea):
                field.widget.attrs["data-length-limit"] = str(limit)
            self._begin_blocks(name, field)
        if "slug" in self.fields:
            # The browser takes it from the title a moment later; without it the page does.
            self.fields["slug"].required = False
        describe_schedule(self)

    def _begin_blocks(self, name: str, field: Field) -> None:
        """Have a new page ready: to write on where a text is needed, to choose its picture."""
        block = getattr(field, "block", None)
        if self.instance.pk or self.initial.get(name):
            return
        if isinstance(block, ArticleBlock) and field.required:
            self.initial[name] = block.to_python([{"type": "paragraph", "value": ""}])
        elif isinstance(block, LeadImageBlock):
            self.initial[name] = block.to_python([{"type": "image", "value": {}}])

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

    def people_named(self) -> list[str]:
        """Whom fields of the type's own name, as they were typed."""
        return list(self.instance.people_named())

    @cached_property
    def consents(self) -> Consents | None:
        """The rows of the panel *Consent*; read once the form has filled its page."""
        if not self.instance.names_people:
            return None
        data = self.data if isinstance(self.data, MultiValueDict) and self.is_bound else None
        return Consents(self.instance, self.people_named(), self.for_user, data)

    def is_valid(self) -> bool:
        """Whether the page can be saved, or submitted: then nobody stands there unasked."""
        return bool(super().is_valid()) and self._consents_are_valid

    @cached_property
    def _consents_are_valid(self) -> bool:
        if self.consents is None or self.consents.data is None:
            return True
        if not self.consents.is_valid():
            self.add_error(None, _("Something in “Consent” is not right yet."))
            return False
        is_submitted = any(name in self.data for name in SUBMISSIONS)
        if self.is_deferred_validation or not is_submitted or self.consents.require():
            return True
        text = _(
            "People or partners are named or shown here. Please say in “Consent” whether they "
            "agree, or why nobody has to be asked, then submit again."
        )
        self.add_error(None, text)
        return False

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

    def clean_title(self) -> str:
        """One line, also where several were pasted."""
        return " ".join(str(self.cleaned_data["title"]).splitlines())

    def clean(self) -> dict[str, object] | None:
        """Refuse a schedule in the past, and an address like a neighbour's but for capitals."""
        self._give_way()
        cleaned = super().clean()
        refuse_past(self)
        slug = self.cleaned_data.get("slug")
        if slug and self.parent_page and "slug" in self.changed_data:
            others = self.parent_page.get_children().exclude(pk=self.instance.pk)
            if others.filter(slug__iexact=slug).exclude(slug=slug).exists():
                text = _("Another page has this address already, but for capital letters.")
                self.add_error("slug", text)
        return cleaned

    def _give_way(self) -> None:
        """Leave a neighbour its address where ours only comes from the title, until it is public.

        Otherwise nothing of a new page would be saved while it is written, for something in a tab
        that nobody has opened.
        """
        slug, title = (self.cleaned_data.get(name, "") for name in ("slug", "title"))
        is_from_title = slug and slug == slugify(title) and not self.instance.first_published_at
        if not is_from_title or not self.parent_page or "slug" not in self.changed_data:
            return
        others = self.parent_page.get_children().exclude(pk=self.instance.pk)
        if others.filter(slug=slug).exists():
            # What the page had got already, or else what it makes of the title with a number.
            own = self.instance.slug or ""
            self.cleaned_data["slug"] = own if own.startswith(f"{slug}-") else ""

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

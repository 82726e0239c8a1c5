"""The admin form of examples."""

from django.apps import apps
from django.forms import ModelChoiceField

from cms.editing.forms import PageForm


class ExampleForm(PageForm):
    """Offers the published forms of cooperation of the page's language as a plain list."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("form")
        if not isinstance(field, ModelChoiceField):
            return
        pattern = apps.get_model("examples", "CooperationFormPage")
        locale_id = self.instance.locale_id or (self.parent_page and self.parent_page.locale_id)
        published = pattern.objects.live().filter(locale_id=locale_id)
        chosen = pattern.objects.filter(pk=self.instance.form_id)
        field.queryset = (published | chosen).order_by("order", "title")

    def people_named(self) -> list[str]:
        """The partners in the rows of the form, as long as it is not saved."""
        rows = self.formsets.get("partners")
        if rows is None or not rows.is_bound:
            return super().people_named()
        kept = [form for form in rows.forms if form not in rows.deleted_forms]
        return [form.cleaned_data.get("name") or "" for form in kept]

"""The admin form of examples."""

from typing import Any

from django.apps import apps

from cms.editing.forms import PageForm


class ExampleForm(PageForm):
    """Offers the published forms of cooperation of the page's language as a plain list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "form" not in self.fields:
            return
        pattern = apps.get_model("examples", "CooperationFormPage")
        locale_id = self.instance.locale_id or (self.parent_page and self.parent_page.locale_id)
        field = self.fields["form"]
        published = pattern.objects.live().filter(locale_id=locale_id)
        chosen = pattern.objects.filter(pk=self.instance.form_id)
        field.queryset = (published | chosen).order_by("order", "title")

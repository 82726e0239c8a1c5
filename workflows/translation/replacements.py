"""What of wagtail-localize is replaced or left out.

Each function takes the original and returns what stands in its place; listed in
:mod:`cms.wagtail_patches`.
"""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog
from wagtail_localize.models import LocaleSynchronization, Translation
from wagtail_localize.views import submit_translations, update_translations
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

from cms.models import User
from workflows.translation import review

LIST_BUTTONS = "register_page_listing_more_buttons"


def _leave_out(form: forms.Form, name: str) -> None:
    """Hide a field and ignore what is posted for it."""
    field = form.fields[name]
    field.disabled = True
    field.initial = False
    field.widget = forms.HiddenInput()


class PageByPageForm(submit_translations.SubmitTranslationForm):
    """Submits one page: its subtree may hold drafts and translations under way."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _leave_out(self, "include_subtree")


class DraftsOnlyForm(update_translations.UpdateTranslationsForm):
    """Brings changed texts to the translators; publishing is the review's."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _leave_out(self, "publish_translations")
        self.fields.pop("use_machine_translation", None)


class EditorCatalog(JavaScriptCatalog):
    """The texts of the translation editor; its *publish* button submits for review here."""

    packages = ["wagtail_localize"]

    def get_catalog(self) -> dict[str, list[str] | str]:
        """Name the button after what it does."""
        return {
            **super().get_catalog(),
            "Publish in ": _("Submit for review: "),
            "Publishing...": _("Submitting …"),
        }


def save_target(original: Callable[..., None]) -> Callable[..., None]:
    """Have translations saved as drafts for the review."""

    def replacement(
        translation: Translation, user: User | None = None, publish: bool = True
    ) -> None:
        review.save_target(translation, user, publish)

    return replacement


def submit_form(original: type[forms.Form]) -> type[forms.Form]:
    """Have translations submitted page by page."""
    return PageByPageForm


def update_form(original: type[forms.Form]) -> type[forms.Form]:
    """Have changed texts brought to the translators without publishing."""
    return DraftsOnlyForm


def locale_components(original: list[dict[str, object]]) -> list[dict[str, object]]:
    """Offer no synchronisation of locales."""
    return [item for item in original if item["model"] is not LocaleSynchronization]


def hooks_without_list_buttons(
    original: dict[str, list[tuple[Callable[..., object], int]]],
) -> dict[str, list[tuple[Callable[..., object], int]]]:
    """Offer translating on the page itself, not in lists."""
    kept = [entry for entry in original[LIST_BUTTONS] if entry[0] is not page_listing_more_buttons]
    return {**original, LIST_BUTTONS: kept}

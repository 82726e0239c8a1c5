"""What of wagtail-localize is replaced or left out, in one place.

It has no seams for these; tests hold that each replacement is still in effect.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail_localize.locales import components
from wagtail_localize.models import LocaleSynchronization, Translation
from wagtail_localize.views import submit_translations, update_translations
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

from workflows.translation.review import save_target


def _leave_out(form: forms.Form, name: str) -> None:
    """Hide a field and ignore what is posted for it."""
    field = form.fields[name]
    field.disabled = True
    field.initial = False
    field.widget = forms.HiddenInput()


class PageByPageForm(submit_translations.SubmitTranslationForm):
    """Submits one page: its subtree may hold drafts and translations under way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _leave_out(self, "include_subtree")


class DraftsOnlyForm(update_translations.UpdateTranslationsForm):
    """Brings changed texts to the translators; publishing is the review's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _leave_out(self, "publish_translations")
        self.fields.pop("use_machine_translation", None)


class EditorCatalog(JavaScriptCatalog):
    """The texts of the translation editor; its *publish* button submits for review here."""

    packages = ["wagtail_localize"]

    def get_catalog(self) -> dict[str, Any]:
        """Name the button after what it does."""
        return {
            **super().get_catalog(),
            "Publish in ": _("Submit for review: "),
            "Publishing...": _("Submitting …"),
        }


def leave_buttons_out_of_lists() -> None:
    """Offer translating on the page itself; in lists it would ask the database twice a row."""
    name = "register_page_listing_more_buttons"
    hooks._hooks[name] = [
        entry for entry in hooks._hooks[name] if entry[0] is not page_listing_more_buttons
    ]


def connect() -> None:
    """Put the replacements in effect; called once when the app is ready."""
    leave_buttons_out_of_lists()
    Translation.save_target = save_target
    submit_translations.SubmitTranslationForm = PageByPageForm
    update_translations.UpdateTranslationsForm = DraftsOnlyForm
    # Synchronised locales fill the site with live aliases that nobody reviewed.
    components.LOCALE_COMPONENTS[:] = [
        component
        for component in components.LOCALE_COMPONENTS
        if component["model"] is not LocaleSynchronization
    ]

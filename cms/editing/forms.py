"""Forms and form fields shared by page types."""

from django.conf import settings
from django.forms import CheckboxSelectMultiple
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class TermCheckboxes(CheckboxSelectMultiple):
    """All terms of a vocabulary at a glance; nobody has to know what to type."""


class PageForm(WagtailAdminPageForm):
    """Base of the forms for pages: refuses what the person must not refer to.

    The rule is a room's above, named by the setting ``REFERENCE_RULE``.
    """

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.for_user and any(
            import_string(settings.REFERENCE_RULE)(self.instance, self.for_user)
        ):
            self.add_error(
                None,
                _("A page, picture or file that you have chosen is not public. Choose another."),
            )

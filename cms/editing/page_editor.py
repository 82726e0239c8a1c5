"""The editor of every page type gets our form and our panels.

As Wagtail's admin does with its own: models do not import the admin, the admin completes them
when the apps are ready.
"""

from cms.editing.forms import PageForm
from cms.editing.panels import ContentChecksPanel
from cms.models import BasePage


def connect() -> None:
    """Give :class:`BasePage` form and panels; called once when the app is ready."""
    BasePage.base_form_class = PageForm
    BasePage.opening_panels = [ContentChecksPanel()]

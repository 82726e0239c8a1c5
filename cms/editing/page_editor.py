"""The editor of every page type gets our form and German addresses.

As Wagtail's admin does with its own: models do not import the admin, the admin completes them
when the apps are ready.
"""

import re

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

from cms.editing.forms import PageForm
from cms.models import BasePage
from cms.text import TRANSLITERATION

#: As :func:`cms.text.slugify` writes them. Wagtail's script makes ä to a when it takes an address
#: from a title (*Förderung* would become *forderung*, another word), and drops it when typed.
SLUG_FORMATTERS: list[tuple[re.Pattern[str] | str | bytes, str | None]] = [
    (letter, pair)
    for low, pair in TRANSLITERATION.items()
    for letter in dict.fromkeys((low, low.upper()))
]


def connect() -> None:
    """Give :class:`BasePage` our form; called once when the app is ready."""
    BasePage.base_form_class = PageForm
    slug_input = SlugInput(formatters=SLUG_FORMATTERS)
    register_form_field_override(models.SlugField, override={"widget": slug_input})

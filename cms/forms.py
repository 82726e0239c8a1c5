"""Form fields shared by page types."""

from django.forms import CheckboxSelectMultiple


class TermCheckboxes(CheckboxSelectMultiple):
    """All terms of a vocabulary at a glance; nobody has to know what to type."""

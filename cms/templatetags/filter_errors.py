"""The message above a list of the admin whose filters cannot be read."""

from django import template

from cms.editing.filters import filter_errors as errors_of

register = template.Library()


@register.inclusion_tag("admin/includes/filter_errors.html", takes_context=True)
def filter_errors(context: template.Context) -> dict[str, object]:
    """What is wrong with the list's filters, if anything is."""
    return {"errors": errors_of(context.get("filters"))}

"""What a list is called with its filters, for titles of pages and of feeds."""

from django.utils.translation import gettext as _

from search.results.types import Results


def narrowed_title(title: str, results: Results) -> str:
    """The title with what narrows the list: „Beispiele zu Mentoring in Kreis Steinfurt“.

    Args:
        title: of the list without filters.
        results: of the list.
    """
    subjects = [_("“%(text)s”") % {"text": results.text}] if results.text else []
    subjects += [chip.label for chip in results.chips if chip.names == "subject"]
    places = [chip.label for chip in results.chips if chip.names == "place"]
    others = [chip.label for chip in results.chips if not chip.names]
    if subjects:
        title = _("%(title)s on %(subjects)s") % {"title": title, "subjects": ", ".join(subjects)}
    if places:
        title = _("%(title)s in %(places)s") % {"title": title, "places": ", ".join(places)}
    return f"{title} ({', '.join(others)})" if others else title


def page_of_list(title: str, results: Results) -> str:
    """The title of one page of a list: from the second on with its number."""
    if results.page_number < 2:
        return title
    return _("%(title)s – page %(number)d") % {"title": title, "number": results.page_number}

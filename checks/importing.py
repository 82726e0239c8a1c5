"""Putting a file of questions into a check: a draft, never published by that."""

from django.db import transaction

from checks.exchange import CheckFile
from checks.models import CheckItem, SelfCheckPage
from cms.editing.conflicts import locked
from cms.models import User


@transaction.atomic
def replace_questions(page: SelfCheckPage, file: CheckFile, user: User | None) -> SelfCheckPage:
    """Save a draft of ``page`` with the questions of ``file``.

    Questions whose id the page has already stay the same rows, so that their translations and
    their answers do.

    Args:
        page: the check.
        file: what was read.
        user: who imports.
    """
    draft: SelfCheckPage = locked(page).get_latest_revision_as_object()
    write_into_page(draft, file)
    draft.save_revision(user=user, changed=True)
    return draft


def write_into_page(page: SelfCheckPage, file: CheckFile) -> None:
    """Write what ``file`` says into ``page``, without saving it."""
    page.title, page.source, page.audience = file.title, file.source, file.audience
    page.is_draft = file.is_draft
    if file.summary:
        page.summary = file.summary
    known = {row.clean_name: row for row in page.form_fields.all()}
    rows = []
    for number, values in enumerate(file.rows):
        row = known.get(values["clean_name"]) or CheckItem(locale_id=page.locale_id)
        for name, value in {**_EMPTY, **values}.items():
            setattr(row, name, value)
        row.sort_order = number
        rows.append(row)
    page.form_fields.set(rows)


_EMPTY = {
    "help_text": "",
    "choices": "",
    "advice": "",
    "advice_urgent": "",
    "source": "",
    "tags": "",
    "meaning": 1,
}

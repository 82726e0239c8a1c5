"""Forms for documents: what is not what it says is refused, whom a file names is said.

Every way to upload a document takes these forms: the list, many at once, the choosers.
"""

import logging
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm

from cms.editing.stored_uploads import StoredUploadForm, disk_full, refuse_lost
from cms.files import documents, pictures

logger = logging.getLogger(__name__)

#: Why a document is refused, and what to do, by the reason.
REFUSED = {
    "mismatch": gettext_lazy(
        "This file is not what its name says: its content is no %(ending)s file, or it is damaged. "
        "Open it in its program, save it again as %(ending)s and upload that."
    ),
    "encrypted": gettext_lazy(
        "This file is encrypted: nobody could open it without the password. Save it without a "
        "password and upload it again."
    ),
    "macros": gettext_lazy(
        "This file carries macros, small programs that run on the computers of those who open it. "
        "Save it without macros, for example as PDF, and upload that."
    ),
    "bomb": gettext_lazy(
        "This file unpacks to far more than its size. Such files are not taken, because they can "
        "bring computers to a halt. Save it again from its program, or as PDF."
    ),
    "memory": gettext_lazy(
        "This file takes too much memory or time to check. Save it again as PDF and upload that."
    ),
}
REFUSED["time"] = REFUSED["memory"]


class InspectedDocument(UploadedFile[bytes]):
    """An upload and whom it names; a name for annotations, no upload is of this class."""

    name: str
    people: list[str]


class DocumentField(WagtailDocumentField):
    """Looks into a document before it is taken."""

    def to_python(self, data: Any) -> InspectedDocument | None:
        """The upload, with the people it names as ``people``."""
        refuse_lost(data)
        file: InspectedDocument | None = super().to_python(data)
        if file is None:
            return None
        ending = PurePath(file.name).suffix.lower().lstrip(".")
        if ending in settings.WAGTAILDOCS_EXTENSIONS:  # else the model says what is allowed
            file.people = self._people(file, ending)
        return file

    def _people(self, file: InspectedDocument, ending: str) -> list[str]:
        try:
            with pictures.as_path(file) as source:
                return documents.inspect(source, ending)
        except documents.FileProblem as problem:
            logger.info("Document refused (%s): %s", problem.reason, problem.said)
            if problem.reason == "full":
                raise disk_full() from problem
            message = REFUSED.get(problem.reason, REFUSED["mismatch"]) % {"ending": ending.upper()}
            raise ValidationError(message, code=problem.reason) from problem


class DocumentForm(StoredUploadForm, BaseDocumentForm):
    """Base of the forms for documents (``WAGTAILDOCS_DOCUMENT_FORM_BASE``)."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = DocumentField(
                label=field.label, required=field.required, widget=field.widget
            )
        if "title" in self.fields and self.instance.people:
            # Wagtail has bound the field already, to sync it with the file.
            self["title"].help_text = people_named(self.instance.people)

    def clean(self) -> dict[str, object] | None:
        """Keep whom the file names, for everybody who edits the document."""
        cleaned = super().clean()
        file = self.cleaned_data.get("file")
        if "file" in self.changed_data and file:
            self.instance.people = ", ".join(getattr(file, "people", ()))
        return cleaned


def people_named(people: str) -> str:
    """What is said to the editor of a document that names people."""
    return _(
        "In its properties the file names: %(people)s. Everybody who downloads it can read that. "
        "If it is not meant to be public, remove it in the program that made the file (File, "
        "Properties) and upload it again."
    ) % {"people": people}

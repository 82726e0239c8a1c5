"""What the forms of pictures and of documents share: when a file is stored, and replaced."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from cms.files.child import FULL
from cms.files.names import clean_name
from cms.files.upload_handler import LostUpload

DISK_FULL = _(
    "The server has no room left for this file. Nothing you have typed is lost. Tell the "
    "administration, and upload the file again later."
)


def refuse_lost(data: object) -> None:
    """Refuse what stands for an upload that the disk had no room for.

    Raises:
        ValidationError: saying so.
    """
    if isinstance(data, LostUpload):
        raise disk_full()


def disk_full() -> ValidationError:
    """What a form answers when the disk is full."""
    return ValidationError(DISK_FULL, code="disk_full")


class StoredUploadForm(ModelForm[Any]):
    """Stores the file while the form can still say what went wrong.

    Wagtail stores it with the row, when a full disk is an error page. A file whose row is never
    written is removed by :func:`cms.jobs.orphaned_files.remove_orphaned_files`.
    """

    original_file: FieldFile | None

    def clean_title(self) -> str:
        """Browsers fill in the name of the file; see :func:`cms.files.names.clean_name`."""
        return clean_name(self.cleaned_data["title"])

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # private, so the stubs leave it out
        if self.errors or "file" not in self.changed_data:
            return
        file = self.instance.file
        try:
            file.save(file.name, file.file, save=False)
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.add_error("file", disk_full())

    def save(self, commit: bool = True) -> Model:
        """Save; a replaced file goes once the change is certain, not before."""
        replaced = self.original_file if "file" in self.changed_data else None
        # Wagtail would delete it now: after a rollback the row would name a file that is gone.
        self.original_file = None
        if commit and replaced:
            self.forget_replaced()
        instance = super().save(commit=commit)
        if commit and replaced:
            transaction.on_commit(lambda: replaced.storage.delete(str(replaced.name)))
        return instance

    def forget_replaced(self) -> None:
        """Remove what was made of the file that is replaced."""

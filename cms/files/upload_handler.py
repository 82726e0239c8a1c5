"""Uploads go to temporary files, whatever their size; a full disk is a message, not an error."""

import contextlib
from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from cms.files.child import FULL
from cms.files.names import clean_name


class LostUpload(InMemoryUploadedFile):
    """Stands for an upload the disk had no room for; the field of a form says so."""

    def __init__(self, name: str, field_name: str) -> None:
        super().__init__(BytesIO(), field_name, name, "application/octet-stream", 0, None)


class UploadHandler(TemporaryFileUploadHandler):
    """Keeps the memory of the process out of it, and the rest of the form when the disk is full.

    Django's own handlers hold up to 2.5 MB a file in memory and let the error of the operating
    system through, which loses everything that was typed.
    """

    lost = False

    def new_file(
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        """Begin the next file, whose name is cleaned before anybody sees it."""
        self.lost = False
        try:
            name = clean_name(file_name) or "datei"
            super().new_file(
                field_name, name, content_type, content_length, charset, content_type_extra
            )
        except OSError as error:
            self._lose(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a chunk; nothing more once the disk is full."""
        if not self.lost:
            try:
                super().receive_data_chunk(raw_data, start)
            except OSError as error:
                self._lose(error)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """The file, or what stands for it."""
        if not self.lost:
            try:
                return super().file_complete(file_size)
            except OSError as error:
                self._lose(error)
        return LostUpload(self.file_name or "datei", self.field_name or "")

    def _lose(self, error: OSError) -> None:
        if error.errno not in FULL:
            raise error
        self.lost = True
        # What was written makes room for others at once.
        if file := getattr(self, "file", None):
            with contextlib.suppress(OSError):
                file.close()

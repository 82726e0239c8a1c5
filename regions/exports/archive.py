"""The ZIP file of a region, written while it is read: no file is ever whole in memory."""

import datetime
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from cms.models import User
from regions.exports.content import (
    FORMAT,
    VERSION,
    as_json,
    documents_of,
    images_of,
    parts,
    path_of,
)
from regions.models import Region

CHUNK = 256 * 1024


class _Sink:
    """A file that cannot be wound back: what was written is taken out piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take bytes from the ZIP writer, until :meth:`take` gives them away."""
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing to do; the ZIP writer expects the method."""

    def close(self) -> None:
        """Nothing to do either; the type of the ZIP writer asks for it."""

    def take(self) -> bytes:
        """What was written since the last call."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


class RegionArchive:
    """One export; iterate over it once to get its bytes.

    That it was made is remembered when, and only when, its last byte has been
    handed out: a download that broke off does not allow deleting.

    Args:
        region: what to export.
        user: who asked for it; ``None`` on the command line.
    """

    def __init__(self, region: Region, user: User | None = None) -> None:
        self.region, self.user = region, user
        self._sink = _Sink()
        self._manifest: list[dict[str, object]] = []

    @property
    def filename(self) -> str:
        """Says which region, and of which day."""
        return f"{self.region.slug}-{timezone.localdate():%Y-%m-%d}.zip"

    def __iter__(self) -> Iterator[bytes]:
        """The bytes of the ZIP file, in pieces."""
        start = timezone.now()
        with zipfile.ZipFile(self._sink, "w", allowZip64=True) as file:
            for name, text in parts(self.region):
                yield from self._add(file, name, [text], zipfile.ZIP_DEFLATED)
            for row in [*images_of(self.region), *documents_of(self.region)]:
                yield from self._add_upload(file, row)
            count = len(self._manifest)
            manifest = as_json(self._description(start))
            yield from self._add(file, "manifest.json", [manifest], zipfile.ZIP_DEFLATED)
        yield self._sink.take()
        self._remember(start, count)

    def _add(
        self, file: zipfile.ZipFile, name: str, chunks: Iterable[bytes], compression: int
    ) -> Iterator[bytes]:
        info = zipfile.ZipInfo(name, date_time=timezone.localtime().timetuple()[:6])
        info.compress_type = compression
        size, checksum = 0, hashlib.sha256()
        with file.open(info, "w") as entry:
            for chunk in chunks:
                entry.write(chunk)
                size += len(chunk)
                checksum.update(chunk)
                yield self._sink.take()
        self._manifest.append({"name": name, "bytes": size, "sha256": checksum.hexdigest()})
        yield self._sink.take()

    def _add_upload(self, file: zipfile.ZipFile, row: Any) -> Iterator[bytes]:
        """An uploaded file as it is; one that is missing from the storage is only named."""
        storage = row.file.storage
        if not storage.exists(row.file.name):
            self._manifest.append({"name": path_of(row), "missing": True})
            return
        with storage.open(row.file.name, "rb") as upload:
            yield from self._add(file, path_of(row), upload.chunks(CHUNK), zipfile.ZIP_STORED)

    def _description(self, start: datetime.datetime) -> dict[str, object]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "region": self.region.slug,
            "exported": start,
            "by": str(self.user) if self.user else None,
            "files": self._manifest,
        }

    def _remember(self, start: datetime.datetime, files: int) -> None:
        self.region.exports.create(user=self.user, created_at=start, files=files)
        log(
            self.region,
            "regions.export",
            user=self.user,
            data={"region": self.region.pk, "region_name": self.region.name},
        )

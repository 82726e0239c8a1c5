"""Files that no row names: what an upload left that was broken off, killed or rolled back.

A file is written before its row, so that a full disk is told in the form; Django undoes the row of
a transaction that fails, not the file.
"""

import datetime
import logging
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import UploadedFile

from cms.files.pictures import TEMPORARY
from cms.models import CustomDocument, CustomImage
from cms.models.media import Rendition

logger = logging.getLogger(__name__)

#: An upload is finished long before.
OLDER_THAN = datetime.timedelta(hours=1)
#: Uploads for which an editor has still to fill in what is required are kept for a day.
UNFINISHED = datetime.timedelta(days=1)
#: By the folder below ``MEDIA_ROOT``, which model names its files.
OWNERS: dict[str, type[Model]] = {
    "original_images": CustomImage,
    "images": Rendition,
    "documents": CustomDocument,
    "wagtail_uploads": UploadedFile,
}
#: More orphans than this, and than there are others, are no orphans: the database is another one.
SUSPICIOUS = 100


def remove_orphaned_files() -> str:
    """Remove what is an hour old and named by no row, stored or still temporary.

    Returns:
        How many files.
    """
    now = time.time()
    before = now - OLDER_THAN.total_seconds()
    removed = _remove_unfinished(now - UNFINISHED.total_seconds())
    root = Path(settings.MEDIA_ROOT)
    for folder, model in OWNERS.items():
        # Looked for before the rows are read: what is stored in the meantime is not among them.
        old = {str(path.relative_to(root)): path for path in _older(root / folder, before)}
        named = set(model._default_manager.values_list("file", flat=True).iterator())
        orphans = old.keys() - named
        if len(orphans) > max(SUSPICIOUS, len(old) // 2):
            logger.warning("%d files in %s are in no row: kept", len(orphans), folder)
            continue
        for name in orphans:
            old[name].unlink(missing_ok=True)
        removed += len(orphans)
    return _("%(count)d files removed") % {"count": removed + _remove_temporary(before)}


def _remove_unfinished(before: float) -> int:
    """Uploads that nobody completed; their files are no longer named then."""
    old = [upload.pk for upload in UploadedFile.objects.all() if not _is_kept(upload, before)]
    UploadedFile.objects.filter(pk__in=old).delete()
    return len(old)


def _is_kept(upload: UploadedFile, before: float) -> bool:
    try:
        modified = upload.file.storage.get_modified_time(str(upload.file.name))
    except FileNotFoundError:
        return False
    return modified.timestamp() >= before


def _remove_temporary(before: float) -> int:
    """Temporary files of uploads whose process was killed."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
    old = [
        path
        for path in folder.glob(f"tmp*{TEMPORARY}*")
        if (status := _status(path)) and status.st_mtime < before and status.st_uid == os.getuid()
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _older(folder: Path, before: float) -> Iterator[Path]:
    return (
        path for path in folder.rglob("*") if (status := _status(path)) and status.st_mtime < before
    )


def _status(path: Path) -> os.stat_result | None:
    """What the disk says of a file; ``None`` for folders, and once somebody has removed it."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None

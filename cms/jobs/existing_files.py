"""Files that were uploaded before what uploads are checked for today."""

import logging
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from cms.files import documents, pictures
from cms.files.process import FileProblem
from cms.models import CustomDocument, CustomImage

logger = logging.getLogger(__name__)


def prepare_existing_files() -> str:
    """Prepare pictures that are not, and look into documents nobody has looked into.

    What cannot be read stays as it is and is logged.

    Returns:
        How many files were prepared, and how many could not be read.
    """
    done = failed = 0
    for prepare, rows in (
        (_prepare_picture, CustomImage.objects.filter(prepared=False)),
        (_look_into_document, CustomDocument.objects.filter(people=None)),
    ):
        row: Any
        for row in rows.iterator():
            try:
                prepare(row)
                done += 1
            except (FileProblem, OSError) as problem:
                logger.warning("%s %s cannot be read: %s", row._meta.label, row.pk, problem)
                failed += 1
    _keep_private(CustomImage)
    _keep_private(CustomDocument)
    return _("%(done)d prepared, %(failed)d failed") % {"done": done, "failed": failed}


def _prepare_picture(image: CustomImage) -> None:
    with tempfile.NamedTemporaryFile(suffix=pictures.TEMPORARY) as target:
        with image.open_file() as file, pictures.as_path(file) as source:
            prepared = pictures.prepare(source, target.name)
        before = str(image.file.name)
        storage = image.file.storage
        across, down = prepared.width / image.width, prepared.height / image.height
        for name, factor in (
            ("focal_point_x", across),
            ("focal_point_y", down),
            ("focal_point_width", across),
            ("focal_point_height", down),
        ):
            if (value := getattr(image, name)) is not None:
                setattr(image, name, round(value * factor))
        with transaction.atomic():
            image.renditions.all().delete()
            name = f"{Path(before).stem}.{pictures.ENDINGS[prepared.format][0]}"
            image.file.save(name, File(target), save=False)
            image._set_image_file_metadata()
            image.save()
            transaction.on_commit(lambda: storage.delete(before))


def _look_into_document(document: CustomDocument) -> None:
    ending = document.file_extension.lower()
    with document.open_file() as file, pictures.as_path(file) as source:
        people = documents.inspect(source, ending)
    document.people = ", ".join(people)
    document.save(update_fields=["people"])


def _keep_private(model: type[CustomImage] | type[CustomDocument]) -> None:
    """Take from others the right to read, where files lie on a disk."""
    row: CustomImage | CustomDocument
    for row in model._default_manager.only("file").iterator():
        if row.is_stored_locally() and (path := Path(row.file.path)).is_file():
            path.chmod(settings.FILE_UPLOAD_PERMISSIONS)

"""Links that open a record without an account: made of it and the site's secret, stored nowhere."""

import uuid
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.models.signed_link import SignedLinkModel

Record = TypeVar("Record", bound=SignedLinkModel)


@dataclass(frozen=True)
class SignedLink(Generic[Record]):
    """The links to the records of one model.

    Args:
        records: all that a link can open.
        url_name: of the address; it takes the record's ``uuid`` and the signature.
        salt: keeps a link of one kind from opening a record of another.
    """

    records: QuerySet[Record]
    url_name: str
    salt: str

    def signature(self, record: Record) -> str:
        """The HMAC over the record's link of today."""
        value = f"{record.uuid}:{record.generation}"
        return salted_hmac(self.salt, value, algorithm="sha256").hexdigest()

    def url(self, record: Record, language: str = settings.LANGUAGE_CODE) -> str:
        """The whole address, for a mail in ``language``."""
        with translation.override(language):
            path = reverse(self.url_name, args=[record.uuid, self.signature(record)])
        return f"{settings.WAGTAILADMIN_BASE_URL}{path}"

    def find(self, key: uuid.UUID, given: str, *, lock: bool = False) -> Record | None:
        """The record a link leads to; ``None`` if it is not ours or was replaced since.

        Args:
            key: the record's ``uuid``.
            given: the signature in the link.
            lock: whether to hold the row until the transaction ends.
        """
        records = self.records.all()
        if lock:
            records = records.select_for_update(of=("self",))
        record = records.filter(uuid=key).first()
        if record and constant_time_compare(self.signature(record), given):
            return record
        return None

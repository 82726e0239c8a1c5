"""The fields of records that a signed link opens."""

import uuid

from django.db import models


class SignedLinkModel(models.Model):
    """A record that is opened by a link without an account, see :mod:`cms.signed_links`.

    No secret is stored: the link is made of ``uuid`` and an HMAC over it and ``generation``.
    Counting ``generation`` up makes every link before worthless.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    generation = models.PositiveSmallIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

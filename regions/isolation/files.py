"""Guards of files: documents and original pictures are reachable while they are public.

A document is public as long as a public page offers it. Of pictures, scaled
copies are; their addresses contain a secret (:mod:`cms.models.media`).
"""

from django.http import Http404, HttpRequest
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model

from cms.delivery.protected_media import IS_PUBLIC
from cms.models import User
from regions.isolation import guard
from regions.isolation.reach import is_public, reaches_media


def _signed_in(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    may_enter = user is not None and user.has_perm("wagtailadmin.access_admin")
    return user if may_enter else None


@guard
def may_read_document(user: User | None, document: AbstractDocument) -> bool:
    """Whether a document is given to a visitor, or to somebody who is signed in."""
    return is_public(document) or (user is not None and reaches_media(user, document))


@guard
def may_read_file(user: User | None, path: str) -> bool:
    """Whether an uploaded file is given by its path: the original of a picture within reach."""
    image = get_image_model().objects.filter(file=path).first()
    return image is not None and user is not None and reaches_media(user, image)


def check_document(document: AbstractDocument, request: HttpRequest) -> None:
    """Hide a document that is not public: it is not even said to exist.

    Raises:
        Http404: if it is not for whoever asks.
    """
    public = is_public(document)
    if not public and not may_read_document(_signed_in(request), document):
        raise Http404("This document is not public.")
    vars(request)[IS_PUBLIC] = public


def check_file(request: HttpRequest, path: str) -> None:
    """Hide an uploaded file that is asked for by its path.

    Raises:
        Http404: if it is not for whoever asks.
    """
    if not may_read_file(_signed_in(request), path):
        raise Http404("This file is not public.")

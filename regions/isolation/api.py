"""The admin API's lists of images and documents, less what is out of reach."""

from django.db.models import Model, QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from cms.accounts.requests import SignedInRequest
from regions.isolation import listings


class ImagesInReach(ImagesAdminAPIViewSet):
    """Images of the own collections."""

    request: SignedInRequest

    def get_queryset(self) -> QuerySet[Model]:
        return listings.listed_media(super().get_queryset(), self.request.user)


class DocumentsInReach(DocumentsAdminAPIViewSet):
    """Documents of the own collections."""

    request: SignedInRequest

    def get_queryset(self) -> QuerySet[Model]:
        return listings.listed_media(super().get_queryset(), self.request.user)

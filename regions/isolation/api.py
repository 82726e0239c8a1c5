"""The admin API's lists of images and documents, less what is out of reach."""

from typing import Any

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from regions.isolation import listings


class ImagesInReach(ImagesAdminAPIViewSet):
    """Images of the own collections."""

    def get_queryset(self) -> QuerySet[Any]:
        return listings.listed_media(super().get_queryset(), self.request.user)


class DocumentsInReach(DocumentsAdminAPIViewSet):
    """Documents of the own collections."""

    def get_queryset(self) -> QuerySet[Any]:
        return listings.listed_media(super().get_queryset(), self.request.user)

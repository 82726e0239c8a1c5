"""Addresses of preview links: the same in every language, in the transaction of the request."""

from django.urls import path

from workflows.preview_links import views

urlpatterns = [
    path("vorschau/<uuid:key>/<slug:signature>/", views.preview, name="preview_link"),
]

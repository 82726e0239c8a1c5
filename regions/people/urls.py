"""Addresses of invitations; they stand before the pages."""

from django.urls import path

from regions.people import views

urlpatterns = [
    path("einladung/<uuid:key>/<slug:signature>/", views.invitation, name="invitation"),
]

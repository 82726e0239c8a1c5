"""Addresses of the forms to a house and of invitations; they stand before the pages."""

from django.urls import include, path

from regions.enquiries import views

urlpatterns = [
    path("anfrage/", views.enquire, name="national_enquiry"),
    path("anfrage/danke/", views.thanks, name="enquiry_thanks"),
    path("haeuser/<slug:slug>/anfrage/", views.enquire, name="house_enquiry"),
    path("haeuser/<slug:slug>/anfrage/danke/", views.thanks, name="house_enquiry_thanks"),
    path(
        "haeuser/<slug:slug>/netzwerk-vorschlagen/", views.propose_network, name="propose_network"
    ),
    path("", include("regions.people.urls")),
]

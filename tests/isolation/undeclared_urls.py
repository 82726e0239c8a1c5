"""The addresses of the site, and two in the admin that nobody has declared."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms import urls

PATH = "/admin/geheim/1/"
LIST = "/admin/geheim/"


def view(request: HttpRequest, **arguments: int) -> HttpResponse:
    """Says what it should not."""
    return HttpResponse("geheim")


handler500 = urls.handler500
urlpatterns = [
    path("admin/geheim/", view, name="undeclared_list"),
    path("admin/geheim/<int:number>/", view, name="undeclared"),
    *urls.urlpatterns,
]

"""The form of a new page sent several times at once makes one page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from cms.repeated_forms import earlier_answer, remember_answer


@hooks.register("before_create_page", order=-10)
def lead_to_the_page_made(
    request: HttpRequest, parent_page: Page, page_class: type[Page]
) -> HttpResponse | None:
    """Lead whoever sends the same form again to the page it has become.

    Two pages at once below one parent would get the same place in the tree: they wait for one
    another here, and count the children again.
    """
    if request.method != "POST":
        return None
    list(Page.objects.select_for_update(of=("self",)).filter(pk=parent_page.pk).values("pk"))
    parent_page.refresh_from_db(fields=["numchild"])
    url = earlier_answer(request)
    if not url or not Page.objects.filter(pk=resolve(url).kwargs["page_id"]).exists():
        return None
    if not request.accepts("text/html"):
        text = _("You have just saved the same page. As soon as you change this one, it is saved.")
        # Of Wagtail's codes the one whose message its script shows as it is.
        refusal = {"success": False, "error_code": "locked", "error_message": text}
        return JsonResponse(refusal, status=409)
    text = _("This form was sent twice. It has been saved once; this is the page.")
    messages.info(request, text)
    return redirect(url)


@hooks.register("after_create_page", order=-10)
def remember_the_page(request: HttpRequest, page: Page) -> None:
    """Note what the form has become."""
    remember_answer(request, reverse("wagtailadmin_pages:edit", args=[page.pk]))

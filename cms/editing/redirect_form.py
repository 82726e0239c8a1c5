"""Redirects lead to a page, an address or a path of this site, and never in a circle."""

from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects.models import Redirect

from cms.editing.internal_links import own_hosts

#: More redirects in a row than this are a circle; browsers follow twenty.
MOST_STEPS = 20


def leads_in_a_circle(start: str, link: str, own: int | None) -> bool:
    """Whether a redirect from ``start`` to ``link`` comes back to where it has been.

    Args:
        start: its old path.
        link: where it leads: a path or an address.
        own: key of the redirect if it exists already; as it is stored it does not count.
    """
    seen = {Redirect.normalise_path(start)}
    for _step in range(MOST_STEPS):
        host = urlsplit(link).netloc.lower()
        if host and host not in own_hosts():
            return False
        path = Redirect.normalise_path(link)
        if path in seen:
            return True
        seen.add(path)
        following = Redirect.objects.filter(old_path=path).exclude(pk=own or 0).first()
        if following is None or not following.link:
            return False
        link = following.link
    return True


def redirect_form(original: type[forms.ModelForm[Redirect]]) -> type[forms.ModelForm[Redirect]]:
    """Wagtail's form, which takes whole addresses only and saves circles."""

    class RedirectForm(original):  # type: ignore[valid-type,misc]  # given when the apps are ready
        redirect_link = forms.CharField(
            label=gettext_lazy("Redirect to an address or a path"),
            help_text=gettext_lazy("For example https://www.example.org/ or /aktuelles/."),
            max_length=255,
            required=False,
        )

        def clean_redirect_link(self) -> str:
            """A path stays a path, so that it holds under every name of the site."""
            link = str(self.cleaned_data["redirect_link"])
            if not link or (link.startswith("/") and not link.startswith("//")):
                return link
            return forms.URLField(assume_scheme="https").clean(link)

        def clean(self) -> dict[str, object] | None:
            """Refuse what would send visitors round in a circle."""
            super().clean()
            page = self.cleaned_data.get("redirect_page")
            link = page.url if page else self.cleaned_data.get("redirect_link")
            start = self.cleaned_data.get("old_path")
            if start and link and leads_in_a_circle(start, link, self.instance.pk):
                field = "redirect_page" if page else "redirect_link"
                text = _("This leads in a circle: from there a redirect comes back to here.")
                self.add_error(field, text)
            return self.cleaned_data

        def _get_validation_exclusions(self) -> set[str]:
            # The model takes whole addresses only; the field above has looked.
            return {*super()._get_validation_exclusions(), "redirect_link"}

    return RedirectForm

"""Build the demonstration site."""

import io
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from wagtail.models import Site

from cms.models import OutgoingMail, User
from demo.build import build
from demo.check_figures import build_check_figures
from demo.english import build_english
from demo.enquiries import build_enquiries
from demo.people import DEMO_PASSWORD
from regions.access import is_administrator, is_national_editor
from regions.models import Invitation
from regions.people.invitation_links import INVITATION_LINK


class Command(BaseCommand):
    """``manage.py build_demo``: once, into a database that has just been migrated."""

    help = "Builds the demonstration site with its houses and their people."

    def handle(self, *args: object, **options: object) -> None:
        if settings.SETTINGS_MODULE == "cms.settings.production":
            raise CommandError("The demo has known passwords; it is not for production.")
        if User.objects.exists():
            raise CommandError("There is already content here. `make demo-reset` starts over.")
        accounts = build()
        build_english(accounts[0])
        build_enquiries()
        build_check_figures()
        self._set_address()
        # Texts name addresses of pages that are built after them.
        call_command("link_pages", stdout=io.StringIO())
        # What the people of the demo would have been told while it was built.
        OutgoingMail.objects.all().delete()
        for user in accounts:
            self.stdout.write(f"{user.email:42} {DEMO_PASSWORD:12} {self._role(user)}")
        for invitation in Invitation.objects.all():
            self.stdout.write(f"Einladung für {invitation.name}: {INVITATION_LINK.url(invitation)}")

    def _set_address(self) -> None:
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        site = Site.objects.get(is_default_site=True)
        site.hostname, site.port = address.hostname, port
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()

    def _role(self, user: User) -> str:
        if is_administrator(user):
            return "Administration"
        if is_national_editor(user):
            return "Bundesweite Redaktion"
        return ", ".join(user.groups.values_list("name", flat=True))

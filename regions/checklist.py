"""What a new house does first, shown to its lead on the start page of the admin."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from cms.models import User
from regions.models import HousePage, Region
from regions.provisioning.create import house_sections


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Args:
        label: what to do.
        url: where to do it.
        done: whether it has been done.
    """

    label: str
    url: str
    done: bool


def _active_editors(region: Region) -> int:
    return User.objects.filter(groups=region.editors_group_id, is_active=True).count()


def led_region(user: User) -> Region | None:
    """The first active region ``user`` leads."""
    return Region.objects.active().filter(leads_group__user=user).order_by("name").first()


def steps(region: Region) -> list[Step]:
    """What the house of ``region`` has done and still has to do."""
    house = HousePage.objects.filter(region_record=region, locale__language_code="de").first()
    if house is None:
        return []
    edit = reverse("wagtailadmin_pages:edit", args=[house.pk])
    latest = house.get_latest_revision_as_object()
    colleagues = _active_editors(region)
    found = [
        Step(
            _("Name the person visitors can turn to"),
            edit,
            bool(latest.contact_name and latest.contact_name != house.title),
        ),
        Step(_("Enter address and opening hours"), edit, bool(latest.address_street)),
        Step(_("Have at least one editor"), edit, colleagues > 0),
    ]
    sections = {section.page_model: section.title for section in house_sections()}
    children = house.get_children().specific()
    for page in children:
        if type(page) in sections:
            url = reverse("wagtailadmin_explore", args=[page.pk])
            label = _("Write something under “%(title)s”") % {"title": page.title}
            found.append(Step(label, url, page.numchild > 0))
    return found


class WelcomePanel(Component):
    """The checklist; disappears when everything is done."""

    name = "welcome"
    order = 40

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def steps(self) -> list[Step]:
        """The steps of the region the user leads."""
        region = led_region(self.user)
        return steps(region) if region else []

    def render_html(self, parent_context: object = None) -> SafeString:
        """Nothing for people who lead no house or have nothing left to do."""
        if all(step.done for step in self.steps):
            return SafeString()
        return render_to_string("admin/welcome.html", {"steps": self.steps})

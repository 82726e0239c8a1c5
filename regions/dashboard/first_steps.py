"""What a house lacks and what its lead does first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.dashboard.sections import Listing, Row, Section
from cms.models import User
from regions.access import is_administrator, leads_a_house
from regions.dashboard.house_pages import own_house_pages
from regions.models import HousePage, Region, Role
from regions.provisioning.create import house_sections

#: A house with fewer leads stands still while one of them is ill.
ENOUGH_LEADS = 2


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


def _houses() -> QuerySet[HousePage]:
    """German houses with their latest text and the number of their editors."""
    german = HousePage.objects.filter(locale__language_code="de")
    return german.select_related("latest_revision", "region_record").annotate(
        editors=_active_in("editors_group"), leads=_active_in("leads_group")
    )


def _active_in(group: str) -> Coalesce:
    people = User.objects.filter(is_active=True, groups=OuterRef(f"region_record__{group}"))
    number = people.order_by().values("groups").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def steps(region: Region) -> list[Step]:
    """What the house of ``region`` has done and still has to do; two queries."""
    house = _houses().filter(region_record=region).first()
    return _steps_of(house, house.get_children()) if house else []


def _steps_of(house: HousePage, children: Iterable[Page]) -> list[Step]:
    edit = reverse("wagtailadmin_pages:edit", args=[house.pk])
    saved = house.latest_revision.content if house.latest_revision else {}
    contact_name = saved.get("contact_name", house.contact_name)
    address_street = saved.get("address_street", house.address_street)
    found = [
        Step(
            _("Name the person visitors can turn to"),
            edit,
            bool(contact_name and contact_name != saved.get("title", house.title)),
        ),
        Step(_("Enter address and opening hours"), edit, bool(address_street)),
        Step(
            _("Have at least one editor"),
            reverse("people_invite", args=[house.region_record.slug]),
            vars(house)["editors"] > 0,
        ),
    ]
    sections = {section.page_model for section in house_sections()}
    for page in children:
        model = page.specific_class
        if model in sections:
            label = _("Write something under “%(title)s”") % {"title": page.title}
            found.append(Step(label, _add_url(page.pk, model), page.numchild > 0))
    return found


def _add_url(parent: int, model: type) -> str:
    """The form of a new page below a list; the list itself where it takes several types."""
    types = model.creatable_subpage_models()  # type: ignore[attr-defined]  # of Wagtail's Page
    if len(types) != 1:
        return reverse("wagtailadmin_explore", args=[parent])
    meta = types[0]._meta
    return reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, parent])


class FirstSteps(Section):
    """Empty places of the house; disappears when everything is done."""

    name = "first-steps"
    order = 60
    heading = gettext_lazy("Missing in your house")

    def is_for_user(self) -> bool:
        return leads_a_house(self.user, open_only=True) and not is_administrator(self.user)

    def load(self) -> Listing:
        led = _houses().filter(
            region_record__archived_on=None,
            region_record__leads_group__in=self.user.groups.values("pk"),
        )
        house = led.order_by("region_record__name").first()
        if house is None:
            return Listing()
        below_house = [page for page in own_house_pages(self.user) if page.is_child_of(house)]
        missing = [step for step in _steps_of(house, below_house) if not step.done]
        if vars(house)["leads"] < ENOUGH_LEADS:
            invite = reverse("people_invite", args=[house.region_record.slug])
            url = f"{invite}?role={Role.LEAD}"
            missing.insert(0, Step(_("Invite a second lead"), url, done=False))
        rows = [Row(step.label, step.url) for step in missing[self.start : self.stop]]
        return Listing(rows, len(missing))

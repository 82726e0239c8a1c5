"""Many houses by the site's own provisioning, and the people who work for them."""

import csv
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.core.management import call_command

from cms.models import Kreis, User
from cms.text import slugify
from demo.people import DEMO_PASSWORD
from regions.models import HousePage, Region, RegionKreis

_FIRST = ("Anna", "Bernd", "Cem", "Dora", "Emil", "Frauke", "Gregor", "Hanna", "Ivo", "Jutta")
_LAST = ("Albers", "Brandt", "Çelik", "Diekmann", "Ehlers", "Fromm", "Gerdes", "Hinz", "Iding")


def provision(number: int) -> dict[str, float]:
    """Have ``create_region --csv`` make houses until there are ``number``, a district each.

    Returns:
        How many were made, and in how many seconds.

    Raises:
        ValueError: when there are not as many districts.
    """
    missing = number - Region.objects.count()
    free = Kreis.objects.exclude(pk__in=RegionKreis.objects.values("kreis_id")).order_by("pk")
    kreise = list(free[: max(missing, 0)])
    if len(kreise) < missing:
        raise ValueError(f"There are only {Kreis.objects.count()} districts for {number} houses.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "regions.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["name", "kreise", "email", "slug"])
            for kreis in kreise:
                name = f"{kreis.name} ({kreis.code})"
                slug = f"{slugify(kreis.name)[:50]}-{kreis.code}"
                rows.writerow([name, kreis.code, f"haus-{kreis.code}@example.org", slug])
        started = time.perf_counter()
        with path.with_suffix(".out").open("w") as output:
            call_command("create_region", csv=path, stdout=output)
        return {"houses": len(kreise), "provisioning": time.perf_counter() - started}


def add_people(total: int) -> int:
    """One lead for each house that has none, and editors until there are ``total`` accounts.

    Returns:
        How many accounts were made.
    """
    chance = random.Random(total)
    password = make_password(DEMO_PASSWORD)
    regions = list(Region.objects.order_by("pk"))
    groups = [
        region.leads_group_id for region in regions if not region.leads_group.user_set.count()
    ]
    missing = max(total - User.objects.count() - len(groups), 0)
    groups += [regions[number % len(regions)].editors_group_id for number in range(missing)]
    people = [
        User(
            email=f"person-{number}@example.org",
            password=password,
            first_name=chance.choice(_FIRST),
            last_name=f"{chance.choice(_LAST)} {number}",
        )
        for number in range(len(groups))
    ]
    User.objects.bulk_create(people, batch_size=500)
    through = User.groups.through
    rows = [
        through(user_id=person.pk, group_id=group)
        for person, group in zip(people, groups, strict=True)
    ]
    through.objects.bulk_create(rows, batch_size=500)
    return len(people)


@dataclass
class House:
    """A house with its people.

    Args:
        region: its record.
        page: its German house page.
        editors: who writes.
        leads: who reviews.
    """

    region: Region
    page: HousePage
    editors: list[User] = field(default_factory=list)
    leads: list[User] = field(default_factory=list)


def houses() -> list[House]:
    """All houses that have both editors and leads, in the order they were made."""
    found = {
        page.region_record_id: House(page.region_record, page)
        for page in HousePage.objects.filter(locale__language_code="de")
        .select_related("region_record")
        .order_by("region_record_id")
    }
    people = User.objects.in_bulk()
    rights = User.groups.through.objects.values_list("user_id", "group_id").order_by("user_id")
    by_group: dict[int, list[User]] = {}
    for user_id, group_id in rights:
        by_group.setdefault(group_id, []).append(people[user_id])
    for house in found.values():
        house.editors = by_group.get(house.region.editors_group_id, [])
        house.leads = by_group.get(house.region.leads_group_id, [])
    return [house for house in found.values() if house.editors and house.leads]

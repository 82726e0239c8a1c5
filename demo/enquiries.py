"""What visitors of the demonstration have asked."""

import datetime

from django.utils import timezone
from wagtail.models import Site

from cms.models import User
from demo import builders, content
from demo.build import page_at
from regions.access import leads_of, national_editors
from regions.models import Region
from regions.models.enquiry import Status

FIELDS = ("name", "organisation", "side", "email", "phone", "message", "note", "answer")


def build_enquiries() -> None:
    """Enquiries to both houses and to the national desk, in differing states."""
    site = Site.objects.get(is_default_site=True)
    for record in content.load("enquiries")["enquiries"]:
        slug = record.get("region")
        region = Region.objects.get(slug=slug) if slug else None
        about = page_at(site, record["about"]) if "about" in record else None
        builders.build_enquiry(
            region,
            None if record["state"] == Status.NEW else _owner(region),
            status=record["state"],
            created_at=timezone.now() - datetime.timedelta(hours=record["hours_ago"]),
            subject_page=about,
            subject_title=about.title if about else "",
            **content.pick(record, *FIELDS),
        )


def _owner(region: Region | None) -> User | None:
    people = leads_of(region) if region else national_editors()
    return people.order_by("pk").first()

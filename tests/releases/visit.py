"""Migrate the database that DATABASE_URL names, and read and edit some of every kind of content.

Run as a process of its own by ``test_upgrade``: as an operator would, with the code of today. It
prints what failed, a line each.
"""

import sys
from collections import Counter
from collections.abc import Iterator

import django

#: So many pages of each type are read: their blocks differ. The first is opened for editing, too.
OF_A_TYPE = 4


def failures() -> Iterator[str]:
    """What could not be read or edited."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse
    from wagtail.models import Page

    from search.sweep import sweep

    sweep(full=True)
    visitor, administrator = Client(), Client()
    administrator.force_login(get_user_model().objects.filter(is_superuser=True).first())
    seen: Counter[type] = Counter()
    for page in Page.objects.live().filter(depth__gt=1).order_by("pk").specific():
        seen[type(page)] += 1
        url = page.get_url()
        if url is None or seen[type(page)] > OF_A_TYPE:
            continue
        yield from _failure(visitor, url)
        if seen[type(page)] == 1:
            yield from _failure(administrator, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    yield from _failure(visitor, "/suche/?q=ausbildung")
    yield from _failure(administrator, reverse("wagtailadmin_home"))
    if len(seen) < 10:
        yield f"only {len(seen)} types of pages"


def _failure(client: "django.test.Client", url: str) -> Iterator[str]:
    status = client.get(url, headers={"host": "localhost"}).status_code
    if status != 200:
        yield f"{url}: {status}"


def main() -> None:
    """Migrate, and print what failed."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    sys.stdout.writelines(f"{failure}\n" for failure in failures())


if __name__ == "__main__":
    main()

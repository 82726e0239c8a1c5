"""``manage.py link_pages``: addresses of this site in existing texts become links to pages."""

from django.core.management import BaseCommand
from django.db import transaction
from wagtail.models import Page

from cms.editing.internal_links import link_pages


class Command(BaseCommand):
    """Changes where links lead by nothing but a page that moved: no new revision, no review."""

    help = "Turn hand-written addresses of this site into links to pages, in what is there."

    def handle(self, *args: object, **options: object) -> None:
        """Say which pages changed."""
        count = 0
        for page in Page.objects.specific().iterator():
            with transaction.atomic():
                count += _link(page)
        self.stdout.write(f"{count} Seiten")


def _link(page: Page) -> bool:
    """The public page, and what is being written or reviewed of it."""
    fields = link_pages(page)
    if fields:
        page.save(update_fields=fields, clean=False)
    for revision in {page.latest_revision, page.live_revision} - {None}:
        draft = revision.as_object()
        if changed := link_pages(draft):
            fields = [*fields, *changed]
            content = draft.serializable_data()
            revision.content |= {name: content[name] for name in changed}
            revision.save(update_fields=["content"])
    return bool(fields)

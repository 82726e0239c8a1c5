"""Give a new installation the knowledge pages of the guide, to be read and reviewed."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from knowledge.models import KnowledgeIndexPage
from knowledge.shipped import create_missing


class Command(BaseCommand):
    """``manage.py add_knowledge_pages``; safe to repeat.

    No part of an update: a page that the desk has deleted would come back.
    """

    help = "Adds the knowledge pages of the guide that are missing, as drafts for the review."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Add them below the German list, and name them."""
        index = KnowledgeIndexPage.objects.filter(locale__language_code="de").first()
        if index is None:
            raise CommandError("Run provision_regions first: there is no list of knowledge pages.")
        with translation.override("de"):
            pages = create_missing(index)
        for page in pages:
            self.stdout.write(f"{page.title} ({page.slug})")
        self.stdout.write(f"{len(pages)} drafts added; the national desk submits them for review.")

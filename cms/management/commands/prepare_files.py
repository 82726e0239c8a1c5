"""``manage.py prepare_files``: treat earlier uploads as those that arrive today."""

from django.core.management import BaseCommand

from cms.jobs.existing_files import prepare_existing_files


class Command(BaseCommand):
    """Part of every update; what is done already is not done again."""

    help = (
        "Remove what earlier pictures hold of people and places, bring them to a sane size, note "
        "whom documents name, and let only the service read originals and documents."
    )

    def handle(self, *args: object, **options: object) -> None:
        """Say what was done, and what could not be."""
        self.stdout.write(prepare_existing_files())

"""Load German postal codes and districts."""

from django.core.management.base import BaseCommand

from cms.postcode_import import load_places


class Command(BaseCommand):
    """``manage.py load_places``: safe to run again."""

    help = "Loads postal codes, places and districts (GeoNames, CC BY 4.0)."

    def handle(self, *args: object, **options: object) -> None:
        kreise, places = load_places()
        self.stdout.write(f"{kreise} districts, {places} places")

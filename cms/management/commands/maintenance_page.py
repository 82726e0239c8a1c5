"""Write the page that the reverse proxy shows while the application is down."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from cms.delivery.maintenance_page import maintenance_page


class Command(BaseCommand):
    """``manage.py maintenance_page FILE``: safe to run again."""

    help = "Writes the page for the reverse proxy to show while the application is down."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where it is written")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        # In one step: the proxy may be reading.
        new = file.with_name(f"{file.name}.new")
        new.write_text(maintenance_page(), encoding="utf-8")
        new.replace(file)
        self.stdout.write(f"{file}: {file.stat().st_size} bytes")

"""``manage.py reset_second_factor``: the way back in when the last administrator lost the phone."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.accounts.mfa_reset import reset
from cms.models import User


class Command(BaseCommand):
    """Reset the second factor of an account."""

    help = "Deletes the second factor and the recovery codes of an account and ends its sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: object, email: str, **options: object) -> None:
        """Reset, or say what is wrong."""
        person = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if person is None:
            raise CommandError("There is no account with this address.")
        done = reset(person, None)
        self.stdout.write("Reset; a mail tells of it." if done else "There was nothing to reset.")

"""Run the periodic work that is due."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cms.jobs.registry import run_due
from cms.jobs.shutdown import shutdown


class Command(BaseCommand):
    """``manage.py run_due``: once, or with ``--loop`` until stopped."""

    help = "Runs the periodic work that is due: scheduled publishing, mails, repairs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument("--pause", type=float, default=5.0, help="seconds between rounds")

    def handle(self, *args: object, **options: object) -> None:
        if options["loop"]:
            # Ends like Ctrl-C, so that the work in hand gives back its lock.
            shutdown.install()
        try:
            self._work(options)
        except KeyboardInterrupt:
            self.stdout.write("stopped")

    def _work(self, options: dict[str, Any]) -> None:
        while True:
            for name, ok, outcome in run_due():
                if options["verbosity"] > 1 or not ok:
                    self.stdout.write(f"{name}: {outcome}")
            if not options["loop"]:
                return
            close_old_connections()
            time.sleep(options["pause"])

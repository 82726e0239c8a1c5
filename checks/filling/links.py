"""The signed link of a run, and the addresses below it."""

from django.urls import reverse

from checks.models import CheckRun
from cms.signed_links import SignedLink

RUN_LINK = SignedLink(
    CheckRun.objects.select_related("version", "region"), "check_run", salt="checks.run"
)


def address(run: CheckRun, name: str = "check_run", *args: object) -> str:
    """The path of one of the pages of a run, in the active language."""
    return reverse(name, args=[run.uuid, RUN_LINK.signature(run), *args])

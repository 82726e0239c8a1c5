"""Publishing a check freezes its questions; an address that is deleted gets no mail any more.

Both in the transaction that publishes or deletes.
"""

from django.db.models.signals import post_delete
from wagtail.signals import page_published

from checks.models import PlanReminder, SelfCheckPage, freeze
from checks.plan.reminders import withdraw_mails


def freeze_published(
    sender: type[SelfCheckPage], instance: SelfCheckPage, **kwargs: object
) -> None:
    """Keep what is public from now on as a version."""
    # Read anew: the instance in hand may have been loaded before its rows were saved.
    freeze(SelfCheckPage.objects.select_related("locale").get(pk=instance.pk))


def connect() -> None:
    """Listen; called once when the app is ready."""
    page_published.connect(freeze_published, sender=SelfCheckPage, dispatch_uid="checks.freeze")
    post_delete.connect(withdraw_mails, sender=PlanReminder, dispatch_uid="checks.withdraw_mails")

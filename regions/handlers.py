"""Rights follow house pages into every language."""

from django.db.models.signals import post_save

from regions.models import HousePage
from regions.provisioning.create import grant_page_rights


def grant_rights_of_new_house_page(
    sender: type[HousePage], instance: HousePage, created: bool, **kwargs: object
) -> None:
    """Page permissions do not carry over to a translated tree by themselves."""
    if created and instance.region_record.editors_group_id:
        grant_page_rights(instance)


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    post_save.connect(grant_rights_of_new_house_page, sender=HousePage)

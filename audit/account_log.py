"""What happens to accounts, rights, houses and enquiries goes into Wagtail's log.

By the signals of the models, so that no way (the user administration, the people of
a house, a command) is missed.
"""

import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from audit.houses import houses_of_group
from audit.log_entries import deleted_account
from cms.models import User
from regions.models import EnquiryEvent, Region
from regions.signals import region_archived

#: A failed sign-in is noted once in this time for each account: guessing must not fill the log.
QUIET = datetime.timedelta(minutes=10)


def note_account(sender: type[User], instance: User, created: bool, **kwargs: object) -> None:
    """Created, deactivated, active again, made administrator or no longer."""
    if created:
        log(instance, "trail.account_created")
        return
    was_active, was_superuser = getattr(instance, "_was", (None, None))
    if was_active is not None and was_active != instance.is_active:
        log(instance, "trail.account_back" if instance.is_active else "trail.account_rests")
    if was_superuser is not None and was_superuser != instance.is_superuser:
        given = instance.is_superuser
        data = {"groups": ["Administration"], "region": None}
        log(instance, "trail.role_given" if given else "trail.role_taken", data=data)


def note_roles(
    sender: object,
    instance: User | Group,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **kwargs: object,
) -> None:
    """Roles given and taken away, one entry for each house."""
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    changed = pk_set if pk_set is not None else getattr(instance, "_cleared", set())
    if isinstance(instance, Group):
        pairs = [(user, instance) for user in get_user_model().objects.filter(pk__in=changed)]
    else:
        pairs = [(instance, group) for group in Group.objects.filter(pk__in=changed)]
    verb = "trail.role_given" if action == "post_add" else "trail.role_taken"
    for user, group in pairs:
        house = houses_of_group(group).first()
        log(user, verb, data={"groups": [group.name], "region": house.pk if house else None})


def note_second_factor(
    sender: type[Authenticator], instance: Authenticator, **kwargs: object
) -> None:
    """Set up or removed, by the owner or anybody else; recovery codes are no factor."""
    if instance.type != Authenticator.Type.TOTP or kwargs.get("created") is False:
        return
    user = get_user_model().objects.filter(pk=instance.user_id).first()
    if user:
        log(user, "trail.factor_on" if "created" in kwargs else "trail.factor_off")


def note_failed_sign_in(sender: object, credentials: dict[str, object], **kwargs: object) -> None:
    """For accounts that exist only; what was typed is not kept. Administrators read it."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    user = get_user_model().objects.filter(email__iexact=email.strip()).first() if email else None
    if user is None:
        return
    lately = ModelLogEntry.objects.for_instance(user).filter(
        action="trail.sign_in_failed", timestamp__gt=timezone.now() - QUIET
    )
    if not lately.exists():
        log(user, "trail.sign_in_failed", data={"region": None})


def note_enquiry(
    sender: type[EnquiryEvent], instance: EnquiryEvent, created: bool, **kwargs: object
) -> None:
    """What was done, and the status; nothing of what anybody wrote."""
    if created:
        enquiry = instance.enquiry
        log(
            enquiry,
            "trail.enquiry",
            user=instance.user,
            title=f"{enquiry._meta.verbose_name} {str(enquiry.uuid)[:8]}",
            data={
                "region": instance.region_id,
                "kind": instance.kind,
                "status": instance.status,
            },
        )


def note_closing(sender: type[Region], region: Region, **kwargs: object) -> None:
    """Write the archiving of a region to the log."""
    log(region, "trail.region_closed")


def forget_name(sender: type[User], instance: User, **kwargs: object) -> None:
    """Entries about a deleted account no longer name the person."""
    content_type = ContentType.objects.get_for_model(sender)
    entries = ModelLogEntry.objects.filter(content_type=content_type, object_id=str(instance.pk))
    entries.update(label=deleted_account())


def connect() -> None:
    """Connect the handlers; called once when the app is ready."""
    user_model = get_user_model()
    post_save.connect(note_account, sender=user_model)
    post_delete.connect(forget_name, sender=user_model)
    m2m_changed.connect(note_roles, sender=user_model.groups.through)
    post_save.connect(note_second_factor, sender=Authenticator)
    post_delete.connect(note_second_factor, sender=Authenticator)
    user_login_failed.connect(note_failed_sign_in, dispatch_uid="trail.sign_in_failed")
    post_save.connect(note_enquiry, sender=EnquiryEvent)
    region_archived.connect(note_closing, dispatch_uid="trail.region_closed")

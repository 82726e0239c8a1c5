"""Conventions of this project as Django system checks."""

from collections.abc import Sequence
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import router
from django.db.models import Model
from wagtail.models import Page

from cms.models import BasePage, SiteSettings
from cms.wagtail_patches import PATCHES, source_digest


@register()
def every_page_type_passes_the_gate(**kwargs: object) -> list[CheckMessage]:
    """Every page type is built on :class:`BasePage` and keeps its publish gate."""
    errors: list[CheckMessage] = []
    for model in apps.get_models():
        if not issubclass(model, Page) or model is Page or model._meta.app_label == "wagtailcore":
            continue
        if not issubclass(model, BasePage) or model.publish is not BasePage.publish:
            errors.append(
                Error(
                    f"{model._meta.label} can be published past the review.",
                    hint="Derive it from cms.models.BasePage and do not override publish().",
                    obj=model,
                    id="cms.E001",
                )
            )
    return errors


@register()
def settings_keep_the_review_whole(**kwargs: object) -> list[CheckMessage]:
    """Settings that would let a text past the review are errors."""
    errors: list[CheckMessage] = []
    if not getattr(settings, "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", False):
        errors.append(Error("An edit after an approval must need a new approval.", id="cms.E002"))
    if getattr(settings, "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True):
        errors.append(Error("wagtail-localize must not publish past the review.", id="cms.E003"))
    return errors


@register()
def every_model_declares_what_it_changes(**kwargs: object) -> list[CheckMessage]:
    """What visitors write must not empty the page cache, so every model of ours says what it does.

    Without a declaration a table would count as public: each enquiry would have every page
    rendered anew.
    """
    return [
        Error(
            f"{model._meta.label} does not declare whether its rows change public pages.",
            hint="Set changes_public_pages to True or False in the class.",
            obj=model,
            id="cms.E010",
        )
        for model in apps.get_models()
        if _is_ours(model) and not hasattr(model, "changes_public_pages")
    ]


def _is_ours(model: type[Model]) -> bool:
    path = Path(apps.get_app_config(model._meta.app_label).path)
    return path.parent == settings.BASE_DIR


@register()
def upstream_is_as_the_patches_expect(**kwargs: object) -> list[CheckMessage]:
    """What a patch replaces or calls is still what it was written against."""
    return [
        Error(
            f"{patch.target} is not what its patch was written for ({patch.checked_with}): {now}.",
            hint="Read what changed, adapt the replacement, enter digest and version in "
            "cms/wagtail_patches.py.",
            obj=patch.replacement,
            id="cms.E011",
        )
        for patch in PATCHES
        if (now := source_digest(patch)) != patch.digest
    ]


@register(Tags.security, deploy=True)
def second_factor_is_required(**kwargs: object) -> list[CheckMessage]:
    """In production nobody reads enquiries or decides with a password alone."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Warning(
            "Roles that need a second factor can sign in without one.",
            hint="Do not set SECOND_FACTOR=optional in production.",
            id="cms.W002",
        )
    ]


@register(Tags.database, deploy=True)
def visitors_find_a_national_contact(
    databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Where no house answers, the national desk does: its contact is never blank.

    F2: every offer names a human contact. Reads the database, so it runs with
    ``check --deploy --database default`` only.
    """
    alias = router.db_for_read(SiteSettings)
    if alias not in (databases or ()):
        return []
    desk = SiteSettings.objects.using(alias).first()
    if desk and desk.contact_name and desk.contact_email:
        return []
    return [
        Warning(
            "Pages without a house show no contact: that of the national desk is empty.",
            hint="Enter a name and an e-mail address in the admin: Settings, site settings.",
            id="cms.W001",
        )
    ]

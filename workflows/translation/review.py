"""Translations go through the review like everything else.

wagtail-localize keeps texts string by string and writes them into the page when
it is told to save; stock, that changes a live page even when asked for a draft
only. Here saving a translation always makes a draft revision, which is then
submitted, approved and published as for any page.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from modelcluster.fields import ParentalManyToManyField
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationLog,
)
from wagtail_localize.operations import TranslationCreator

from cms.models import User
from cms.text import slugify

_stock_save_target = Translation.save_target


def translation_of(page: Page) -> Translation | None:
    """The running translation that ``page`` is the target of."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()


def existing_target(translation: Translation) -> Page | None:
    """The page a translation writes to, if it has been made."""
    model = translation.source.specific_content_type.model_class()
    if model is None or not issubclass(model, Page):
        return None
    return model.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()


def missing_ancestors(page: Page, locale: Locale) -> list[Page]:
    """The pages above ``page`` that do not exist in ``locale`` yet, lowest first."""
    missing = []
    parent = page.get_parent()
    while not parent.is_root() and not parent.has_translation(locale):
        missing.append(parent)
        parent = parent.get_parent()
    return missing


def save_target(translation: Translation, user: User | None = None, publish: bool = True) -> None:
    """Bring the texts translated so far into a draft of the page; never publish.

    Takes the place of ``Translation.save_target``, which every view and command
    of wagtail-localize uses, so whatever they ask for ends as a draft.

    Args:
        translation: what to save.
        user: who acts.
        publish: kept for callers of the stock method; has no effect on pages.

    Raises:
        ValidationError: if a text does not fit its field; the text is marked.
    """
    source = translation.source
    if not issubclass(source.specific_content_type.model_class() or object, Page):
        _stock_save_target(translation, user=user, publish=publish)
        return
    page = existing_target(translation)
    if page is None:
        _create_draft(translation, user)
    else:
        _save_draft(translation, page, user)


@transaction.atomic
def _create_draft(translation: Translation, user: User | None) -> None:
    """The page in the other language, below drafts of whatever is missing above it."""
    source, locale = translation.source, translation.target_locale
    # Stock, missing parents become live aliases in the other language.
    for ancestor in reversed(missing_ancestors(source.get_source_instance(), locale)):
        TranslationCreator(user, [locale]).create_translations(ancestor.specific)
    source.create_or_update_translation(locale, user=user, publish=False, fallback=True)


def _save_draft(translation: Translation, page: Page, user: User | None) -> Revision:
    """A new revision of an existing page; the page's own row stays as published."""
    if page.alias_of_id:
        ConvertAliasPageAction(page.specific, user=user).execute(skip_permission_checks=True)
    source = translation.source
    draft = source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    original = source.as_instance()
    # wagtail-localize leaves a selection alone that has become empty.
    for translatable in get_translatable_fields(type(draft)):
        field = translatable.get_field(type(draft))
        if isinstance(field, ParentalManyToManyField) and translatable.is_synchronized(original):
            setattr(draft, field.name, list(getattr(original, field.name).all()))
    draft.slug = find_available_slug(
        draft.get_parent(), slugify(draft.slug), ignore_page_id=draft.pk
    )
    try:
        draft.full_clean()
    except ValidationError as error:
        _mark_errors(translation, error)
        raise
    with transaction.atomic():
        revision = draft.save_revision(user=user, log_action=True, clean=False)
        TranslationLog.objects.create(
            source=source, locale=translation.target_locale, revision=revision
        )
    return revision


def _mark_errors(translation: Translation, error: ValidationError) -> None:
    """Show the first error of each field beside its text in the translation editor."""
    source, locale = translation.source, translation.target_locale
    strings = StringSegment.objects.filter(source=source).values("string_id")
    for name, errors in getattr(error, "error_dict", {}).items():
        for context in TranslationContext.objects.filter(object=source.object, path=name):
            marked: list[StringTranslation | SegmentOverride] = [
                *StringTranslation.objects.filter(
                    translation_of_id__in=strings, context=context, locale=locale
                ),
                *SegmentOverride.objects.filter(context=context, locale=locale),
            ]
            for item in marked:
                item.set_field_error(errors)


def submit_for_review(translation: Translation, user: User) -> Page:
    """Save the texts as a draft and submit it, or resubmit what came back.

    Returns:
        The page, read anew.

    Raises:
        ValidationError: if a text does not fit its field.
    """
    translation.save_target(user=user, publish=False)
    page = _made_target(translation)
    state = page.current_workflow_state
    with transaction.atomic():
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user)
        else:
            page.get_workflow().start(page, user)
    return _made_target(translation)


def _made_target(translation: Translation) -> Page:
    page = existing_target(translation)
    if page is None:
        raise Page.DoesNotExist
    return page


def missing_texts(translation: Translation) -> int:
    """How many texts are not translated yet; they appear in the source language.

    The address counts for nothing: it works in any language.
    """
    segments = StringSegment.objects.filter(source_id=translation.source_id)
    open_segments = segments.exclude(context__path="slug").annotate_translation(
        translation.target_locale
    )
    return open_segments.filter(translation__isnull=True).count()

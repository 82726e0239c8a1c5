"""What the tests of translations do again and again."""

from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from demo import builders, review
from home.models import HomePage
from workflows.translation.review import existing_target


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def public(page, user):
    """The page, live through the review."""
    return page if page.live and not page.has_unpublished_changes else review.publish(page, user)


def source_of_type(page_type, user):
    """A public German page of a type."""
    if page_type is HomePage:
        return builders.national_home()
    return public(builders.BUILDERS[page_type](user=user), user)


def submit_url(page):
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def post_submission(client, page, locale, **data):
    return client.post(submit_url(page), {"locales": [locale.pk], **data})


def translated(page, locale, user):
    """The translation of a page, begun by code."""
    translate_object(page, [locale], user=user)
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=locale
    )
    return translation, existing_target(translation).specific


def translate_string(client, translation, path, text):
    """What the editor sends when a text is saved."""
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return client.put(
        url,
        f"value={text}",
        content_type="application/x-www-form-urlencoded",
    )


def write_string(translation, path, text, user=None):
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        defaults={"data": text, "last_translated_by": user},
    )


def act(client, page, action, **data):
    return client.post(reverse("translation_review", args=[page.pk]), {"action": action, **data})


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])

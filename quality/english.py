"""English pages of the types that the demo has in German only, so that all can be looked at."""

from wagtail.models import Locale, Page

from cms.models import User
from demo import review
from demo.people import build_national_editor
from quality.registry import page_models


def fill() -> None:
    """Translate one page of each such type, with its German text, and publish it."""
    english = Locale.objects.get(language_code="en")
    desk = build_national_editor("uebersetzung@example.org")
    for model in page_models():
        german = model.objects.live().filter(locale__language_code="de").order_by("-depth").first()
        if german and not model.objects.live().filter(locale=english).exists():
            _translate(german, english, desk)


def _translate(page: Page, locale: Locale, user: User) -> None:
    copied = page.copy_for_translation(locale, copy_parents=True)
    for ancestor in copied.get_ancestors(inclusive=True).filter(locale=locale, live=False):
        draft = ancestor.specific.get_latest_revision_as_object()
        draft.save_revision(user=user, changed=True)
        review.publish(draft, user)

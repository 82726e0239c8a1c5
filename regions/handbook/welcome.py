"""What somebody reads who has come for the first time."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail.admin.ui.components import Component

from cms.models import User
from regions.handbook.chapters import ADMINISTRATION, DESK, EDITOR, LEAD, Chapter, chapter_for

if TYPE_CHECKING:
    from laces.typing import RenderContext

#: The name under which Wagtail's profile of an account remembers that it was read.
DISMISSED = "welcome"
TEXTS: dict[Chapter, StrOrPromise] = {
    EDITOR: _(
        "You write for your house. Nothing you write becomes public before a second person has "
        "read and approved it, so you can break nothing. This page shows what you have begun, "
        "and what became of it."
    ),
    LEAD: _(
        "You answer for what your house publishes. This page shows what waits for your approval, "
        "who wrote to your house and what your house still lacks. A click on a line leads to "
        "where you decide."
    ),
    DESK: _(
        "You approve what is of interest beyond one house. This page shows what waits for the "
        "desk, what has waited for too long in a house and which houses have gone quiet."
    ),
    ADMINISTRATION: _(
        "You look after regions, people and the running of the site. This page shows what needs "
        "you; while everything runs, it is empty."
    ),
}


class Welcome(Component):
    """Above everything else, until it is dismissed."""

    name = "greeting"
    order = 0
    template_name = "admin/dashboard/welcome.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: "RenderContext | None" = None) -> dict[str, object]:
        """What the person's role is about; nothing after it was dismissed."""
        profile = getattr(self.user, "wagtail_userprofile", None)
        if profile and profile.dismissibles.get(DISMISSED):
            return {}
        chapter = chapter_for(self.user)
        token = (parent_context or {}).get("csrf_token", "")
        return {"text": TEXTS[chapter], "chapter": chapter, "csrf_token": token}

"""What is sent before there is a run: the questions that were shown, and why it is not taken.

Nothing is stored until then, and nothing that was typed is lost.
"""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from checks.filling import runs, weeks
from checks.filling.forms import FirstSectionForm
from checks.models import CheckRun, CheckVersion, SelfCheckPage
from cms.spam_protection.origin import NOT_SAME_ORIGIN, is_same_origin
from cms.spam_protection.throttling import Throttle

#: Many people may begin behind the one address of a company or a training room.
THROTTLE = Throttle("check", most=60, seconds=10 * 60)


class Beginning:
    """The first answers to a check.

    Args:
        request: shows the form or sends it.
        page_id: the page of the check.
    """

    def __init__(self, request: HttpRequest, page_id: int) -> None:
        self.request = request
        token = request.POST.get("token", "")
        self._known = runs.read_token(token) if request.method == "POST" else None
        self.version = self._known[1] if self._known else _current_version(page_id)

    @property
    def token(self) -> str:
        """Of a form that is shown now."""
        return runs.new_token(self.version)

    def take(self, form: FirstSectionForm) -> CheckRun | None:
        """Make the run of what was sent.

        Returns:
            The run, or ``None`` if it was not taken; why stands in the form.
        """
        if not is_same_origin(self.request):
            form.add_error(None, NOT_SAME_ORIGIN)
        elif self._known is None:
            form.add_error(
                None, _("The form has been open for very long. Please send it once more.")
            )
            form.data["token"] = self.token  # type: ignore[index]  # a copy, so mutable
        elif form.is_valid() and not THROTTLE.accepts(self.request):
            form.add_error(
                None,
                _(
                    "Many checks have just been begun from your connection. Please wait ten "
                    "minutes. What you typed is still here."
                ),
            )
        if form.errors or self._known is None:
            return None
        key, version, begun = self._known
        run = runs.begin(key, version, begun, form.answers)
        weeks.count(self.request, run)
        return run


def _current_version(page_id: int) -> CheckVersion:
    page = get_object_or_404(SelfCheckPage.objects.live().select_related("locale"), pk=page_id)
    return page.current_version()

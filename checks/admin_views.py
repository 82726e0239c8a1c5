"""Questions of a check as a file: download it, and put another one in its place."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from checks.exchange import LARGEST_FILE, CheckFile, InvalidFile, read
from checks.export import as_yaml
from checks.importing import replace_questions
from checks.models import SelfCheckPage
from cms.accounts.requests import SignedInRequest
from cms.editing.titled_view import TitledView
from cms.text import one_character_a_break


class ImportForm(forms.Form):
    """A file, or its text; every mistake is named by its line, and the text stays."""

    file = forms.FileField(label=gettext_lazy("File (YAML)"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false"}),
    )

    #: What was read; set by :meth:`clean`.
    check_file: CheckFile

    def clean(self) -> dict[str, object]:
        """Read the file, or else the text."""
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        text = cleaned.get("text") or ""
        if upload:
            if upload.size > 4 * LARGEST_FILE:
                raise forms.ValidationError(_("The file is too large for a check."))
            try:
                text = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise forms.ValidationError(
                    _("The file is no text in UTF-8. Please save it as “UTF-8”.")
                ) from error
            # Shown with its mistakes, to be corrected here.
            self.data = {**self.data.dict(), "text": text}  # type: ignore[attr-defined]  # QueryDict
        if not text.strip():
            raise forms.ValidationError(_("Please choose a file or paste its text."))
        try:
            self.check_file = read(one_character_a_break(text))
        except InvalidFile as error:
            raise forms.ValidationError([str(problem) for problem in error.problems]) from error
        return cleaned


class QuestionsFileView(TitledView, View):
    """Import and export of the questions of one check."""

    request: SignedInRequest

    template_name = "admin/check_file.html"
    page_title = gettext_lazy("Questions as a file")
    header_icon = "list-ol"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """For whoever may edit the page now."""
        page = get_object_or_404(SelfCheckPage, pk=kwargs["page_id"])
        tester = page.permissions_for_user(self.request.user)
        if not tester.can_edit() or tester.page_locked():
            raise PermissionDenied
        self.page = page
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The form, with what the draft holds."""
        draft = self.page.get_latest_revision_as_object()
        return self._show(ImportForm(initial={"text": as_yaml(draft)}))

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Save a draft of what was sent, and go on in the editor."""
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        replace_questions(self.page, form.check_file, self.request.user)
        messages.success(request, _("The questions have been imported as a draft."))
        return redirect("wagtailadmin_pages:edit", page_id)

    def _show(self, form: ImportForm) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form,
                check=self.page,
                export_url=reverse("check_questions_export", args=[self.page.pk]),
            )
        )


def export(request: SignedInRequest, page_id: int) -> HttpResponse:
    """The questions of the latest draft as a file."""
    page = get_object_or_404(SelfCheckPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    response = HttpResponse(
        as_yaml(page.get_latest_revision_as_object()),
        content_type="application/yaml; charset=utf-8",
    )
    disposition = content_disposition_header(as_attachment=True, filename=f"{page.slug}.yaml")
    response["Content-Disposition"] = disposition or "attachment"
    return response

"""Reviewing a translation from wagtail-localize's editor, which has no workflow of its own."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from cms.accounts.requests import SignedInRequest
from cms.models import User
from workflows.models.claims import Claim
from workflows.models.tasks import claim_actions
from workflows.translation.review import missing_texts, submit_for_review, translation_of


@dataclass
class TranslationReview:
    """Where a translation stands in its review, and what a person can do about it.

    Args:
        page: the page the translation writes to.
        translation: the running translation.
        user: who looks at it.
    """

    page: Page
    translation: Translation
    user: User

    @cached_property
    def task_state(self) -> TaskState | None:
        """The open step of the review."""
        return self.page.current_workflow_task_state

    @cached_property
    def in_review(self) -> bool:
        """Whether somebody is to decide now."""
        return self.page.workflow_in_progress

    @cached_property
    def sent_back(self) -> TaskState | None:
        """The decision that asked for changes, while they are still to be made."""
        state = self.page.current_workflow_state
        needs_changes = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        return state.current_task_state if needs_changes else None

    @cached_property
    def is_locked(self) -> bool:
        """Whether the person cannot change the texts now."""
        lock = self.page.get_lock()
        return bool(lock and lock.for_user(self.user))

    @cached_property
    def may_submit(self) -> bool:
        """Whether the person can submit the translation."""
        return self.page.permissions_for_user(self.user).can_submit_for_moderation()

    @cached_property
    def may_withdraw(self) -> bool:
        """Whether the person can take the translation out of the review."""
        state = self.page.current_workflow_state
        return bool(state and self.in_review and state.user_can_cancel(self.user))

    @cached_property
    def decisions(self) -> list[str]:
        """What the person can decide: ``approve``, ``reject``."""
        if not self.in_review or self.task_state is None:
            return []
        task = self.task_state.task.specific
        names = {name for name, _label, _data in task.get_actions(self.page, self.user)}
        return sorted(names & {"approve", "reject"})

    @cached_property
    def claim(self) -> Claim | None:
        """Who has taken the review on."""
        return Claim.objects.on(self.task_state) if self.in_review and self.task_state else None

    @cached_property
    def claim_actions(self) -> list[tuple[str, StrOrPromise]]:
        """What the person can do about who reviews, with its label."""
        if "approve" not in self.decisions:
            return []
        return [(name, label) for name, label, _data in claim_actions(self.claim, self.user)]

    @cached_property
    def missing(self) -> int:
        """How many texts still stand in the source language."""
        return missing_texts(self.translation)

    @cached_property
    def has_unsaved_texts(self) -> bool:
        """Whether texts were changed after the draft that is reviewed."""
        revision = self.page.latest_revision
        return bool(
            revision
            and StringTranslation.objects.filter(
                context__object_id=self.page.translation_key,
                locale_id=self.page.locale_id,
                updated_at__gt=revision.created_at,
            ).exists()
        )

    @cached_property
    def may_save(self) -> bool:
        """Whether a reviewer's corrections wait to be taken over."""
        return self.in_review and not self.is_locked and self.has_unsaved_texts


@require_POST
def act(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Submit, take over corrections, withdraw or decide on, by the posted ``action``.

    Raises:
        PermissionDenied: if the person may not do that now.
    """
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    translation = translation_of(page)
    if translation is None:
        raise PermissionDenied
    action = request.POST.get("action", "")
    return perform(request, TranslationReview(page, translation, request.user), action)


def perform(request: SignedInRequest, review: TranslationReview, action: str) -> HttpResponse:
    """Carry out one action and lead back to the editor, or home after a decision."""
    editor = redirect(reverse("wagtailadmin_pages:edit", args=[review.page.pk]))
    if action == "submit" and review.may_submit:
        _submit(request, review)
    elif action == "save" and review.may_save:
        _take_over(request, review)
    elif action == "withdraw" and review.may_withdraw:
        review.page.current_workflow_state.cancel(user=request.user)
        messages.success(request, _("The translation was taken out of the review."))
    elif review.task_state and action in dict(review.claim_actions):
        review.task_state.task.specific.on_action(review.task_state, request.user, action)
    elif action in review.decisions:
        return _decide(request, review, action) or editor
    else:
        raise PermissionDenied
    return editor


def _submit(request: SignedInRequest, review: TranslationReview) -> None:
    try:
        page = submit_for_review(review.translation, request.user)
    except ValidationError:
        _say_what_does_not_fit(request)
        return
    title = page.get_admin_display_title()
    messages.success(request, _("“%(title)s” was submitted for review.") % {"title": title})
    if review.missing:
        _warn_of_missing(request, review.missing)


def _warn_of_missing(request: HttpRequest, count: int) -> None:
    text = ngettext(
        "%(count)s text is not translated yet and appears in the source language.",
        "%(count)s texts are not translated yet and appear in the source language.",
        count,
    )
    messages.warning(request, text % {"count": count})


def _say_what_does_not_fit(request: HttpRequest) -> None:
    messages.error(
        request, _("Nothing was submitted: some texts do not fit. They are marked below.")
    )


def _take_over(request: SignedInRequest, review: TranslationReview) -> None:
    try:
        review.translation.save_target(user=request.user, publish=False)
    except ValidationError:
        _say_what_does_not_fit(request)
        return
    messages.success(
        request, _("Your corrections are in the draft. Somebody else must approve it now.")
    )


def _decide(
    request: SignedInRequest, review: TranslationReview, action: str
) -> HttpResponse | None:
    comment = request.POST.get("comment", "").strip()
    if action == "reject" and not comment:
        messages.error(request, _("Please say what should be changed."))
        return None
    task_state = review.task_state
    if task_state is None:
        return None
    task_state.task.specific.on_action(task_state, request.user, action, comment=comment)
    if action == "approve":
        messages.success(request, _("Approved."))
    else:
        messages.success(request, _("Changes were requested."))
    return redirect(reverse("wagtailadmin_home"))

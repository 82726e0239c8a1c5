"""The rows of the panel *Consent*: one for everybody a page names, and one for the pictures.

Rows are found by the name they carry, not by a number: whatever the editor adds to the page, and
however often Wagtail saves by itself, a name has one row and one record.
"""

import hashlib
from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.models import Page

from cms.consents.records import RECORDED_ACTION, WITHDRAWN_ACTION, log_change, records_of
from cms.consents.subjects import PICTURES, Subject, key_of, subjects_of
from cms.models import BasePage, Consent, User
from cms.models.consent import AGREED, USES, Basis

#: In the form: the names that have a row, and the beginning of the fields of each.
NAMES, PREFIX = "consent-names", "consent"
LONGEST_NAME, MOST_ROWS = 150, 100
#: The row in which somebody else can be entered.
FURTHER = "consent-further"
_DATE = {"type": "date"}


class ConsentForm(forms.ModelForm[Consent]):
    """What is known of one person or partner."""

    use_required_attribute = False

    class Meta:
        model = Consent
        fields = ("basis", "given_on", "kept_by", *USES, "withdrawn_on")
        widgets = {
            "given_on": forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
            "withdrawn_on": forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
        }

    def __init__(
        self,
        data: Mapping[str, object] | None,
        record: Consent | None,
        subject: Subject | None = None,
        *,
        name: str = PICTURES,
        user: User | None = None,
        prefix: str = "",
    ) -> None:
        """Build the row.

        Args:
            data: what was sent, if anything was.
            record: what is stored.
            subject: whom the page names; ``None`` if it does not (any more).
            name: of the person; empty for those in the pictures.
            user: who fills it in; keeps the proof unless they say otherwise.
            prefix: of its fields.
        """
        self.subject, self.name = subject, name
        initial: dict[str, object] = {}
        if record is None:
            initial = dict.fromkeys(subject.uses if subject else ("for_name",), True)
        if user and record is None:
            initial["kept_by"] = user.get_full_name()
        super().__init__(
            data, instance=record or Consent(name=name), initial=initial, prefix=prefix
        )
        self._offer_basis(record)
        if self.is_about_pictures:
            for use in USES:
                del self.fields[use]
        if record is None:
            # Nobody takes back what is not recorded yet.
            del self.fields["withdrawn_on"]
        elif self._is_said_by_themselves(record):
            # The record is the proof.
            del self.fields["kept_by"]
            for name in ("basis", "given_on", *USES):
                if name in self.fields:
                    self.fields[name].disabled = True

    def _is_said_by_themselves(self, record: Consent) -> bool:
        """Nobody rewrites what somebody has agreed to through a link, while it holds."""
        is_enough = self.subject is None or self.subject.uses <= record.uses
        return record.basis == Basis.LINK and record.withdrawn_on is None and is_enough

    def _offer_basis(self, record: Consent | None) -> None:
        stored = record.basis if record else ""
        offered = [choice for choice in Basis.choices if choice[0] in (stored, *_BY_HAND)]
        self.fields["basis"] = forms.ChoiceField(
            label=gettext_lazy("Consent"),
            required=False,
            choices=[("", _("not recorded yet")), *offered],
        )

    @property
    def use_fields(self) -> list[forms.BoundField]:
        """What somebody agrees to be shown with."""
        return [self[name] for name in USES if name in self.fields]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """Who, how, when, and where the proof is."""
        return [self[name] for name in self.fields if name not in USES]

    @property
    def is_about_pictures(self) -> bool:
        """Whether it is the row of the people in the pictures."""
        return self.name == PICTURES and self.prefix != FURTHER

    @property
    def label(self) -> str:
        """Whom the row is about."""
        return self.name or _("People in the pictures")

    @property
    def is_withdrawn(self) -> bool:
        """Whether somebody withdrew who still stands on the page."""
        return bool(self.subject and self.instance.pk and self.instance.withdrawn_on)

    @property
    def agrees_to_picture(self) -> bool:
        """Whether a person with a name agrees to be shown in the pictures of the page.

        Who has a portrait has agreed to that one.
        """
        said = self.cleaned_data
        is_agreed = said.get("basis") in AGREED and not said.get("withdrawn_on")
        is_portrait = self.subject is not None and "for_picture" in self.subject.uses
        is_other = not self.is_about_pictures and not is_portrait
        return bool(is_other and said.get("for_picture") and is_agreed)

    def clean(self) -> dict[str, object]:
        """Refuse days to come, and a withdrawal before the consent."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        given, withdrawn = self.cleaned_data.get("given_on"), self.cleaned_data.get("withdrawn_on")
        for field, day in (("given_on", given), ("withdrawn_on", withdrawn)):
            if day and day > timezone.localdate():
                self.add_error(field, _("This day is still to come."))
        if given and withdrawn and withdrawn < given:
            self.add_error("withdrawn_on", _("Nobody can withdraw before they have agreed."))
        if self.instance.pk:
            self._keep_what_was_said(self.instance)
        return cleaned

    def _keep_what_was_said(self, record: Consent) -> None:
        """Refuse to forget a withdrawal, and to put words into the mouth of who agreed themselves.

        Another consent takes the place of either: by mail or on paper, on that day or later.
        """
        said = self.cleaned_data
        basis, given = said.get("basis"), said.get("given_on")
        if record.withdrawn_on:
            is_new = basis in _PROVEN and given is not None and given >= record.withdrawn_on
            is_narrowed = not is_new and any(
                getattr(record, use) and not said.get(use) for use in USES if use in self.fields
            )
            is_kept = said.get("withdrawn_on") or is_new or self.errors
            if not basis or not is_kept or is_narrowed:
                text = _(
                    "A withdrawal stays. If they have agreed anew since: choose how, and enter the "
                    "day; then the day of the withdrawal may go."
                )
                self.add_error("withdrawn_on", text)
        elif record.basis == Basis.LINK and basis not in _PROVEN:
            is_same = all(said.get(name) == getattr(record, name) for name in self._agreed_fields)
            if basis != Basis.LINK or not is_same:
                text = _(
                    "They have agreed themselves, through the preview link. For anything else ask "
                    "them again by such a link, or enter the mail or the paper."
                )
                self.add_error("basis", text)

    @property
    def _agreed_fields(self) -> list[str]:
        """What somebody agrees to, and when, as far as the row has it."""
        return [name for name in ("given_on", *USES) if name in self.fields]

    def require(self) -> bool:
        """Say what is missing before the page can be submitted; whether nothing is."""
        if self.subject is None:
            return True
        cleaned = self.cleaned_data
        if not cleaned.get("basis"):
            self.add_error("basis", _("Please say whether they agree, or why nobody is asked."))
        elif cleaned.get("withdrawn_on"):
            text = _("Withdrawn: please take them off the page, or ask again.")
            self.add_error("withdrawn_on", text)
        elif cleaned["basis"] in _PROVEN:
            self._require_proof(cleaned)
        if not self.is_about_pictures and cleaned.get("basis"):
            for use in sorted(self.subject.uses):
                if not cleaned.get(use):
                    text = _("The page shows this, but it is not ticked.")
                    self.add_error(use, text)
        return not self.errors

    def _require_proof(self, cleaned: Mapping[str, object]) -> None:
        for field, text in (
            ("given_on", _("On which day did they agree?")),
            ("kept_by", _("Who has the mail or the paper?")),
        ):
            if not cleaned.get(field):
                self.add_error(field, text)

    def record(self, page: Page, user: User) -> None:
        """Store the row; without a basis nothing is stored, and what was is deleted."""
        record: Consent = self.instance
        is_new = record.pk is None
        if not self.cleaned_data.get("basis"):
            if not is_new:
                record.delete()
                log_change(page, RECORDED_ACTION, user)
            return
        if not is_new and not self.has_changed():
            return
        if self.is_about_pictures:
            record.for_picture = True
        record.page_key, record.recorded_by = page.translation_key, user
        record.recorded_at = timezone.now()
        if not record.withdrawn_on:
            record.settled_at = None
        record.save()
        # A form that was sent twice at once.
        same = Consent.objects.of(page).filter(name=record.name, withdrawn_on=None)
        same.exclude(pk=record.pk).delete()
        is_withdrawal = "withdrawn_on" in self.changed_data and record.withdrawn_on
        log_change(page, WITHDRAWN_ACTION if is_withdrawal else RECORDED_ACTION, user)


_PROVEN = (Basis.MAIL, Basis.PAPER)
_BY_HAND = (*_PROVEN, Basis.PUBLIC_ROLE, Basis.NOT_RECOGNISABLE)


class FurtherForm(ConsentForm):
    """Somebody else whom the text names."""

    class Meta(ConsentForm.Meta):
        fields = ("name", *ConsentForm.Meta.fields)
        labels = {"name": pgettext_lazy("consent", "Somebody else whom the text names")}

    @property
    def label(self) -> str:
        """Whom the row is about."""
        return pgettext("consent", "Somebody else")

    def clean_name(self) -> str:
        """The name with single blanks between its parts."""
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, object]:
        """Refuse a consent of nobody."""
        cleaned = super().clean()
        if cleaned.get("basis") and not cleaned.get("name"):
            self.add_error("name", ValidationError(_("Who has agreed?")))
        return cleaned


class Consents:
    """All rows of a page.

    Args:
        page: as the form has it, with what was typed.
        people: whom fields of its type name.
        user: who fills it in.
        data: what was sent, if anything was.
    """

    def __init__(
        self,
        page: BasePage,
        people: Iterable[str],
        user: User | None,
        data: MultiValueDict[str, str] | None,
    ) -> None:
        self.user, self.data = user, data
        self.subjects, self.records = subjects_of(page, people), records_of(page)

    @cached_property
    def rows(self) -> list[ConsentForm]:
        """Those in the pictures, whom the page names, whom it once named."""
        names = {PICTURES: PICTURES}
        for name in (
            *(subject.name for subject in self.subjects.values()),
            *(record.name for record in self.records.values()),
            *self._sent,
        ):
            names.setdefault(key_of(name), name)
        return [self._row(key, name) for key, name in names.items()]

    @property
    def _sent(self) -> list[str]:
        if self.data is None:
            return []
        return [name for name in self.data.getlist(NAMES)[:MOST_ROWS] if len(name) <= LONGEST_NAME]

    def _row(self, key: str, name: str) -> ConsentForm:
        prefix = f"{PREFIX}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"

        def row(data: Mapping[str, object] | None) -> ConsentForm:
            record, subject = self.records.get(key), self.subjects.get(key)
            return ConsentForm(data, record, subject, name=name, user=self.user, prefix=prefix)

        if self.data is None or (self._was_sent(name) and f"{prefix}-basis" in self.data):
            return row(self.data)
        # Added to the page, or recorded by somebody else, since the form was made; or it could not
        # be changed when it was shown: browsers do not send disabled fields.
        unchanged = row(None)
        return row(
            {unchanged[field].html_name: unchanged[field].value() for field in unchanged.fields}
        )

    def _was_sent(self, name: str) -> bool:
        return key_of(name) in {key_of(one) for one in self._sent}

    @cached_property
    def further(self) -> FurtherForm:
        """The row for somebody else."""
        name = self.data.get(f"{FURTHER}-name") if self.data is not None else ""
        record = self.records.get(key_of(name)) if name else None
        return FurtherForm(self.data, record, user=self.user, prefix=FURTHER)

    @property
    def withdrawn(self) -> list[ConsentForm]:
        """Rows of people who withdrew and still stand on the page."""
        return [row for row in self.rows if row.is_withdrawn]

    def is_valid(self) -> bool:
        """Whether every row can be stored."""
        # Every row says what is wrong with it.
        return not [form for form in [*self.rows, self.further] if not form.is_valid()]

    def require(self) -> bool:
        """Say in the rows what is missing before the page can be submitted.

        Where somebody has agreed to be shown, the pictures need no answer of their own.
        """
        shown = any(row.agrees_to_picture for row in self.rows)
        asked = [row for row in self.rows if not (shown and row.is_about_pictures)]
        return not [row for row in asked if not row.require()]

    def record(self, page: Page, user: User, with_further: bool = True) -> None:
        """Store what was sent.

        Args:
            page: the page.
            user: who sent it.
            with_further: whether the row for somebody else is filled in to its end.
        """
        for row in self.rows:
            if self._was_sent(row.name):
                row.record(page, user)
        if with_further:
            self.further.record(page, user)

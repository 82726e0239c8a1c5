"""What the people a page names are asked on its preview, and what they answer."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from cms.consents.records import agree_by_link, records_of, withdraw_by_link
from cms.consents.subjects import Subject, key_of, subjects_of
from cms.models import BasePage, Consent
from cms.models.consent import USES
from workflows.models import PreviewLink

#: The buttons: what is sent by the name of the first.
ANSWER, AGREE, WITHDRAW = "consent", "agree", "withdraw"
#: The hidden field that says which version was read.
VERSION = "version"
CHANGED = _(
    "The page has changed since you opened it, so nothing is recorded yet. Please read it again, "
    "then agree."
)
#: Where the question stands on the page.
ANCHOR = "einverstaendnis"


@dataclass(frozen=True)
class Question:
    """Whether somebody agrees to stand on a page as they read it.

    Args:
        subject: who is asked, and what of them stands there.
        record: what they have said so far.
        address: where the answer is sent.
        version: which text they read.
        refusal: why an answer was not taken.
        is_public: whether the page has become public since they opened the link.
    """

    subject: Subject
    record: Consent | None
    address: str
    version: str
    refusal: str = ""
    is_public: bool = False

    @property
    def has_agreed(self) -> bool:
        """Whether they have agreed to all of it and not withdrawn."""
        record = self.record
        return record is not None and record.holds and self.subject.uses <= record.uses

    @property
    def uses(self) -> list[str]:
        """What of them stands there, in words."""
        return [str(label) for use, label in USES.items() if use in self.subject.uses]


def names_in(page: BasePage) -> list[str]:
    """Whom a version of ``page`` names, so that they can be asked."""
    found = subjects_of(page, page.people_named())
    return [subject.name for subject in found.values() if subject.name]


def question(link: PreviewLink, page: BasePage, address: str) -> Question | None:
    """What the reader of ``link`` is asked about a version of its page; nothing if not named."""
    if not link.consent_name or not page.names_people:
        return None
    found = subjects_of(page, page.people_named())
    subject = found.get(key_of(link.consent_name))
    if subject is None:
        return None
    if link.consent_picture:
        subject = Subject(subject.name, subject.uses | {"for_picture"})
    record = records_of(page).get(key_of(subject.name))
    if record and record.holds:
        # The answer takes the place of the record: nothing that was agreed to may get lost.
        subject = Subject(subject.name, subject.uses | record.uses)
    return Question(subject, record, address, _version_of(page.latest_revision))


def _version_of(revision: Revision | None) -> str:
    """What tells versions apart: the editor saves by itself in the same row."""
    return f"{revision.pk}-{revision.created_at.timestamp()}" if revision else ""


def answer(asked: Question, page: BasePage, sent: QueryDict) -> str:
    """Record what a button said; anything else changes nothing.

    Args:
        asked: about the latest version.
        page: the page.
        sent: the form.

    Returns:
        Why it is not recorded; empty if nothing is in the way. Who agrees has read this version;
        taking back is about every version.
    """
    said = sent.get(ANSWER, "")
    if said == AGREE:
        if sent.get(VERSION, "") != asked.version:
            return str(CHANGED)
        agree_by_link(page, asked.subject)
    elif said == WITHDRAW:
        withdraw_by_link(page, asked.subject.name)
    return ""

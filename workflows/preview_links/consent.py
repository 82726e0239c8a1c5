"""What the people a page names are asked on its preview, and what they answer."""

from dataclasses import dataclass

from cms.consents.records import agree_by_link, records_of, withdraw_by_link
from cms.consents.subjects import Subject, key_of, subjects_of
from cms.models import BasePage, Consent
from cms.models.consent import USES
from workflows.models import PreviewLink

#: The buttons: what is sent by the name of the first.
ANSWER, AGREE, WITHDRAW = "consent", "agree", "withdraw"
#: Where the question stands on the page.
ANCHOR = "einverstaendnis"


@dataclass(frozen=True)
class Question:
    """Whether somebody agrees to stand on a page as they read it.

    Args:
        subject: who is asked, and what of them stands there.
        record: what they have said so far.
        address: where the answer is sent.
        refusal: why an answer was not taken.
    """

    subject: Subject
    record: Consent | None
    address: str
    refusal: str = ""

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
    """Whom the latest version of ``page`` names, so that they can be asked."""
    found = subjects_of(page, page.people_named() if page.names_people else ())
    return [subject.name for subject in found.values() if subject.name]


def question(link: PreviewLink, page: BasePage, address: str) -> Question | None:
    """What the reader of ``link`` is asked about a version of its page; nothing if not named."""
    if not link.consent_name:
        return None
    found = subjects_of(page, page.people_named())
    subject = found.get(key_of(link.consent_name))
    if subject is None:
        return None
    if link.consent_picture:
        subject = Subject(subject.name, subject.uses | {"for_picture"})
    return Question(subject, records_of(page).get(key_of(subject.name)), address)


def answer(asked: Question, page: BasePage, said: str) -> None:
    """Record what a button said; anything else changes nothing."""
    if said == AGREE:
        agree_by_link(page, asked.subject)
    elif said == WITHDRAW:
        withdraw_by_link(page, asked.subject.name)

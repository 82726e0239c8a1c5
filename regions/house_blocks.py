"""Blocks of a house's page: people, partner organisations, networks, regional priorities.

F32: the house brings people together. F33: it is the contact point for networks.
F34: municipalities and educational institutions are partners. F35: what is useful to the region.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from wagtail import blocks

from cms.blocks.images import NamedPictureBlock
from cms.contact import Contact
from cms.delivery.cached_terms import terms_of
from cms.models import Term
from cms.models.sides import HOUSE_PARTNER_HEADINGS, HOUSE_PARTNER_KINDS
from cms.models.vocabulary import Vocabulary
from cms.text import fold
from search.registry import REGION_FACET, TOPIC_FACET


class ProperNameBlock(blocks.CharBlock):
    """A name or a number that is the same in every language; nobody is asked to translate it."""

    def get_translatable_segments(self, value: str) -> list[object]:
        """Nothing to translate, see :mod:`wagtail_localize.segments.extract`."""
        return []

    def restore_translated_segments(self, value: str, segments: list[object]) -> str:
        """Keep the value of the source."""
        return value


class PersonValue(blocks.StructValue):
    """A person of the house as the page shows them."""

    @cached_property
    def contact(self) -> Contact:
        """With the number in the form that a link needs."""
        texts = {name: self.get(name) or "" for name in ("name", "role", "email", "phone")}
        return Contact(**texts, organisation="")

    @property
    def initials(self) -> str:
        """First letters of the first and the last name; a remark in brackets is none."""
        words = str(self.get("name") or "").partition("(")[0].split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class PersonBlock(blocks.StructBlock):
    """Somebody who works in the house (F2: behind every offer stands a person)."""

    # Wagtail takes what is declared out of the class, whose blocks have a name themselves.
    name = ProperNameBlock(label=_("Name"), max_length=120)  # type: ignore[assignment]
    role = blocks.CharBlock(
        label=_("Function"), max_length=120, help_text=_("For example “Advice for companies”.")
    )
    topics = blocks.CharBlock(
        label=_("What to ask them about"),
        max_length=200,
        required=False,
        help_text=_("For example “first steps, funding, agreements”."),
    )
    phone = ProperNameBlock(label=_("Telephone"), max_length=40, required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    portrait = NamedPictureBlock(
        label=_("Portrait"),
        required=False,
        help_text=_("Set the focal point of the picture on the face. Ask the person first."),
    )

    class Meta:
        icon = "user"
        label = _("Person")
        value_class = PersonValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse to submit somebody who cannot be reached."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not (cleaned.get("phone") or cleaned.get("email")):
            message = _("Please enter a telephone number or an e-mail address.")
            raise blocks.StructBlockValidationError({"phone": ValidationError(message)})
        return cleaned


class PartnerKindBlock(blocks.ChoiceBlock):
    """Of what kind a partner is; the page lists partners by it."""

    def get_field(self, **kwargs: Any) -> forms.ChoiceField:
        """A choice that says what is missing."""
        missing = _("Please choose what kind of organisation it is: partners are listed by kind.")
        errors = {"required": missing, "invalid_choice": missing}
        return forms.ChoiceField(**kwargs, error_messages=errors)


class PartnerBlock(blocks.StructBlock):
    """An organisation that the house works with."""

    kind = PartnerKindBlock(label=_("Kind"), choices=HOUSE_PARTNER_KINDS, search_index=False)
    name = ProperNameBlock(label=_("Name"), max_length=150)  # type: ignore[assignment]  # likewise
    text = blocks.CharBlock(
        label=_("One sentence"),
        max_length=200,
        required=False,
        help_text=_("What it contributes, for example “Looks for mentors and trains them”."),
    )
    url = blocks.URLBlock(label=_("Website"), required=False)
    logo = NamedPictureBlock(label=_("Logo"), required=False)

    class Meta:
        icon = "group"
        label = _("Partner")


class NetworkBlock(blocks.StructBlock):
    """A network that the house serves."""

    name = ProperNameBlock(label=_("Name"), max_length=120)  # type: ignore[assignment]  # likewise
    purpose = blocks.TextBlock(label=_("What it is for"), max_length=400)
    meets = blocks.CharBlock(
        label=_("Who meets when"),
        max_length=200,
        required=False,
        help_text=_("For example “Companies and schools, every first Tuesday at 6 pm”."),
    )
    contact_name = ProperNameBlock(
        label=_("Contact"),
        max_length=120,
        required=False,
        help_text=_("While it is empty, the house is the contact."),
    )
    contact_email = blocks.EmailBlock(label=_("E-mail"), required=False)
    url = blocks.URLBlock(label=_("Website"), required=False)

    class Meta:
        icon = "site"
        label = _("Network")


class NetworksBlock(blocks.StreamBlock):
    """The networks of a house, each once."""

    network = NetworkBlock()

    class Meta:
        required = False

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Refuse a network that stands there twice, however it is spelt."""
        cleaned = super().clean(value)
        known: set[str] = set()
        errors: dict[int, ValidationError] = {}
        for place, child in enumerate(cleaned):
            name = network_key(child.value["name"])
            if name and name in known:
                message = _("This network is in the list already.")
                errors[place] = blocks.StructBlockValidationError(
                    {"name": ValidationError(message)}
                )
            known.add(name)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned


def topic_choices() -> list[tuple[str, str]]:
    """The topics of the vocabulary, in the active language."""
    return [(key, term.label) for key, term in terms_of(Vocabulary.TOPIC).items()]


class PriorityBlock(blocks.StructBlock):
    """What the house works on this year: a topic of the vocabulary, and what it wants."""

    topic = blocks.ChoiceBlock(label=_("Topic"), choices=topic_choices, search_index=False)
    text = blocks.CharBlock(
        label=_("One sentence"),
        max_length=240,
        help_text=_("For example “Every apprentice who wants a mentor gets one”."),
    )

    class Meta:
        icon = "tag"
        label = _("Priority")


def network_key(name: str | None) -> str:
    """Name of a network as names are compared: without case, umlauts, blanks and signs.

    A draft may have none.
    """
    return "".join(letter for letter in fold(name or "") if letter.isalnum())


@dataclass(frozen=True)
class PartnerGroup:
    """The partners of one kind.

    Args:
        kind: a :class:`cms.models.sides.Side`.
        heading: of the group, translated lazily.
        partners: values of :class:`PartnerBlock`.
    """

    kind: str
    heading: StrOrPromise
    partners: list[blocks.StructValue]


def partners_by_kind(partners: Iterable[blocks.StreamValue.StreamChild]) -> list[PartnerGroup]:
    """Partners by kind, in the order of the headings; one without a kind stands in a draft only."""
    found: dict[str, list[blocks.StructValue]] = defaultdict(list)
    for child in partners:
        found[child.value["kind"]].append(child.value)
    return [
        PartnerGroup(kind, heading, found[kind])
        for kind, heading in HOUSE_PARTNER_HEADINGS.items()
        if kind in found
    ]


@dataclass(frozen=True)
class Priority:
    """A priority as the page shows it.

    Args:
        term: the topic.
        text: what the house wants.
        url: what the house has on it, in the search.
    """

    term: Term
    text: str
    url: str


def priorities_of(
    chosen: Iterable[blocks.StreamValue.StreamChild], region_slug: str
) -> Iterator[Priority]:
    """The priorities of a house; a topic that has been deleted is left out."""
    topics = terms_of(Vocabulary.TOPIC)
    for child in chosen:
        if term := topics.get(child.value["topic"]):
            query = urlencode({REGION_FACET: region_slug, TOPIC_FACET: term.key})
            yield Priority(term, child.value["text"], f"{reverse('search')}?{query}")

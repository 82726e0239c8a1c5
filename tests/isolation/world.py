"""Two houses and the nation, each with something of every kind that is not public.

Whatever must not leave a house carries a canary: a word that begins with ``MARK``
and ``a`` (house A), ``b`` (house B), ``n`` (the nation) or ``x`` (nobody) and says what it is. A
canary of B in an answer to somebody of A is a leak, wherever it comes from.
"""

import datetime
import io
import re
from dataclasses import dataclass, field
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as CONFIRMED
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Picture
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection, Comment, Locale, Page, UploadedFile

from checks.models import CheckRun, CheckVersion, FormEntry, QuarterTables
from cms.models import Consent, Digest, OutgoingMail, PeriodicRun, SiteSettings, User
from cms.models.consent import Basis
from demo import builders, people
from demo.builders.checks import build_form_page
from demo.review import publish, submit
from regions.models import Region
from regions.trash.storing import prepare
from search.models import PromotedResult, ThesaurusEntry
from tests.search.factories import published
from tests.translating import translated, write_string
from workflows.preview_links import links as preview_links

#: Long enough not to turn up by chance in the random tokens of thousands of answers.
MARK = "xqzvkjw"
#: The letter of what nobody with an account may read.
NOBODY = "x"
CANARY = re.compile(rb"%b[abnx][a-z]*" % MARK.encode())
#: Longer than what is built today is used.
LONG = datetime.timedelta(days=3)
#: The first day of the quarter of the figures of self-checks.
FIGURES_OF = datetime.date(2026, 1, 1)
ROLES = ("anonymous", "editor", "lead", "other_editor", "national_editor", "administrator")


def canary(side: str, kind: str) -> str:
    """A word that must not leave ``side`` (``a``, ``b``, ``n``, or ``x``: nobody reads it)."""
    return f"{MARK}{side}{kind}"


def canaries_in(content: bytes) -> set[str]:
    """All canaries in an answer."""
    return {found.decode() for found in CANARY.findall(content.lower())}


def owner_of(canary: str) -> str:
    """Whose canary it is: ``a``, ``b``, ``n`` or ``x``."""
    return canary[len(MARK)]


@dataclass
class Side:
    """What one house has, or the nation: objects by the names the cases use."""

    letter: str
    editor: User
    lead: User
    region: Region | None
    draft: Page
    live: Page
    review: Page
    scratch: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["scratch"][name]
        except KeyError:
            raise AttributeError(name) from None


def picture(name: str, colour: str) -> ContentFile:
    """A picture file of one colour."""
    buffer = io.BytesIO()
    Picture.new("RGB", (40, 30), colour).save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name=name)


def _account(letter: str, user: User) -> None:
    """Recovery codes of somebody, and a browser they have signed in with."""
    data = {"migrated_codes": [encrypt(canary(letter, "code"))], "used_mask": 0}
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data=data)
    agent = f"{canary(letter, 'agent')} Firefox/140.0"
    UserSession.objects.create(
        user=user, session_key=f"{letter}{user.pk}", user_agent=agent, ip="192.0.2.1"
    )


def _media(letter: str, collection: Collection, user: User) -> dict[str, Any]:
    made: dict[str, Any] = {}
    paper = ContentFile(b"geheim", f"{canary(letter, 'docfile')}.pdf")
    for kind, model, content in (
        ("image", get_image_model(), picture(f"{canary(letter, 'picturefile')}.png", "red")),
        ("document", get_document_model(), paper),
    ):
        made[kind] = model.objects.create(
            title=f"Bild {canary(letter, kind)}",
            file=content,
            collection=collection,
            uploaded_by_user=user,
        )
        made[kind].tags.add(canary(letter, f"tag{kind}"))
        log(made[kind], "wagtail.edit", user=user)
        made[f"upload_{kind}"] = UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(b"x", f"{canary(letter, 'upload' + kind)}.bin"),
            uploaded_by_user=user,
        )
    made["public_document"] = get_document_model().objects.create(
        title="Merkblatt", file=ContentFile(b"offen", "merkblatt.pdf"), collection=collection
    )
    made["public_image"] = get_image_model().objects.create(
        title="Titelbild", file=picture("titelbild.png", "blue"), collection=collection
    )
    # Its file's name is seen where somebody who may has put it.
    made["desk_image"] = get_image_model().objects.create(
        title=canary(letter, "deskimage"),
        file=picture("schild.png", "green"),
        collection=collection,
    )
    # Its alternative text belongs to its use.
    made["public_image"].contextual_alt_text, made["public_image"].decorative = "", True
    return made


def _comment(page: Page, user: User, letter: str) -> None:
    Comment.objects.create(
        page=page,
        user=user,
        text=canary(letter, "comment"),
        contentpath="title",
        revision_created=page.latest_revision,
    )


def _pages(letter: str, index: Page, author: User, media: dict[str, Any]) -> dict[str, Page]:
    word = {"a": "Ems", "b": "Neisse", "n": "Bund"}[letter]
    body = [
        ("download", {"title": "Merkblatt", "document": media["public_document"]}),
        ("image", {"image": media["public_image"], "caption": "Titelbild"}),
    ]
    live = publish(builders.build_news(index, author, title=f"Treffen {word}", body=body), author)
    # What is public has a newer draft, with another title.
    live.title = f"Treffen {canary(letter, 'newertitle')}"
    live.save_revision(user=author)
    body = [
        ("paragraph", f"<p>{canary(letter, 'draftbody')}</p>"),
        ("download", {"title": "Entwurf", "document": media["document"]}),
    ]
    draft = builders.build_news(
        index,
        author,
        title=f"Entwurf {canary(letter, 'drafttitle')}",
        summary=canary(letter, "draftsummary"),
        body=body,
    )
    draft.locked, draft.locked_by, draft.locked_at = True, author, timezone.now()
    draft.save()
    review = builders.build_news(index, author, title=f"Prüfung {canary(letter, 'reviewtitle')}")
    submit(review, author)
    pages = {
        name: Page.objects.get(pk=page.pk).specific
        for name, page in locals().items()
        if name in ("live", "draft", "review")
    }
    for page in pages.values():
        _comment(page, author, letter)
    return pages


def _person(letter: str, role: str, make: Any, *args: Any) -> User:
    return make(
        *args,
        f"{canary(letter, role + 'mail')}@example.org",
        first_name=canary(letter, f"{role}first").capitalize(),
        last_name=canary(letter, f"{role}last").capitalize(),
    )


def _finish(letter: str, side: Side, extra: dict[str, Any]) -> Side:
    """What needs the pages: an editing session, an enquiry, a redirect."""
    side.scratch.update(extra)
    side.scratch["enquiry"] = builders.build_enquiry(
        side.region,
        side.lead,
        name=canary(letter, "enquirer"),
        email=f"{canary(letter, 'enquirermail')}@example.org",
        message=canary(letter, "enquirymessage"),
        note=canary(letter, "enquirynote"),
        subject_title=canary(letter, "enquirysubject"),
    )
    side.scratch["check_run"] = _check_run(side)
    title = canary(letter, "checkfigures")
    QuarterTables.objects.create(
        quarter=FIGURES_OF,
        region=side.region,
        tables=[{"title": title, "audience": "zo", "total": 5, "sections": []}],
    )
    side.scratch.update(_forms(letter, side.live.get_parent().get_parent(), side.editor))
    deleted = builders.build_news(
        side.live.get_parent(), side.editor, title=canary(letter, "deleted"), slug="geloescht"
    )
    row = prepare(deleted, side.editor)
    row.save()
    side.scratch["deleted"] = row
    side.scratch["digest"] = Digest.objects.create(user=side.editor, kind="weekly")
    recipient = canary(letter, "previewreader")
    side.scratch["preview_link"] = preview_links.create(side.draft, side.editor, recipient, 14)
    deleted.delete()
    for page in (side.live, side.draft):
        side.scratch["consent"] = Consent.objects.create(
            page_key=page.translation_key,
            name=canary(letter, "consentname"),
            for_name=True,
            basis=Basis.MAIL,
            given_on=timezone.localdate(),
            kept_by=canary(letter, "consentproof"),
            withdrawn_on=timezone.localdate(),
        )
    side.scratch["session"] = EditingSession.objects.create(
        user=side.editor,
        content_type=ContentType.objects.get_for_model(side.draft),
        object_id=str(side.draft.pk),
        # Still there, whenever the tests run.
        last_seen_at=timezone.now() + LONG,
        is_editing=True,
    )
    if side.region:
        side.scratch["invitation"] = builders.build_invitation(
            side.region,
            side.lead,
            email=f"{canary(letter, 'invited')}@example.org",
            first_name=canary(letter, "invitedfirst"),
            last_name=canary(letter, "invitedlast"),
        )
    # Neither locked nor in review: to be written on.
    side.scratch["review_free"] = builders.build_news(
        side.live.get_parent(), side.editor, title=f"Notiz {canary(letter, 'notetitle')}"
    )
    side.scratch["redirect"] = Redirect.objects.create(
        old_path=f"/{canary(letter, 'redirect')}", redirect_page=side.draft
    )
    return side


def _forms(letter: str, parent: Page, author: User) -> dict[str, Page]:
    """A public form with an entry, and the draft of one."""
    live = published(build_form_page(parent, author, slug="anmeldung"))
    form = build_form_page(parent, author, title=canary(letter, "formtitle"), slug="entwurf")
    for page in (live, form):
        FormEntry.objects.create(
            page=page,
            form_data={"name": canary(letter, "formentry")},
            delete_on=timezone.localdate() + LONG,
        )
    return {"form": form, "public_form": live}


def _check_run(side: Side) -> CheckRun:
    """A self-check that somebody of the region fills in, and has not handed over."""
    version = CheckVersion.objects.create(
        number=1,
        title="Selbstcheck",
        language="de",
        audience="zo",
        source="Leitfaden",
        is_draft=True,
        questions={"sections": []},
    )
    return CheckRun.objects.create(
        version=version,
        region=side.region,
        place=canary(NOBODY, "checkplace"),
        answers={"frage": canary(NOBODY, "checkanswer")},
    )


def _house(letter: str, name: str, english: Locale, desk: User) -> Side:
    region = builders.build_region(name)
    editor = _person(letter, "editor", people.build_editor, region)
    lead = _person(letter, "lead", people.build_lead, region)
    media = _media(letter, region.collection, editor)
    house = builders.house_of_region(region)
    pages = _pages(letter, builders.build_news_index(house), editor, media)
    side = Side(letter, editor, lead, region, **pages)
    for person in (editor, lead):
        _account(letter, person)
    # In English a draft, with its own words.
    translated(house, english, desk)
    translation, in_english = translated(pages["live"], english, editor)
    write_string(translation, "title", f"Meeting {canary(letter, 'english')}")
    return _finish(
        letter,
        side,
        {**media, "house": house, "translation": translation, "in_english": in_english},
    )


def _cross_references(sides: dict[str, Side], desk: User) -> None:
    """Drafts refer to the other house's pages and to a picture of the nation's."""
    for side, other in ((sides["a"], sides["b"]), (sides["b"], sides["a"])):
        links = [{"title": "Dort", "page": page} for page in (other.live, other.draft)]
        side.draft.body = [
            *((block.block_type, block.value) for block in side.draft.body),
            ("links", {"links": links}),
        ]
        picture = sides["n"].scratch["desk_image"]
        picture.contextual_alt_text, picture.decorative = "", True
        side.draft.lead_image = [("image", {"image": picture, "caption": ""})]
        side.draft.save_revision(user=side.editor)
    # The pages above the houses are public, and have newer drafts.
    for page in (builders.national_home(), builders.build_house_index()):
        page.title = canary("n", "abovetitle")
        page.save_revision(user=desk, log_action=True)


def _shared(sides: dict[str, Side]) -> None:
    SiteSettings.load()
    builders.ensure_term("topic", "ausbildung")
    if entry := ThesaurusEntry.objects.first():
        entry.save_revision()
        # One is enough; words of others are English ones, too („Image“).
        ThesaurusEntry.objects.exclude(pk=entry.pk).delete()
    PromotedResult.objects.create(words="Probe", page=sides["n"].live)
    PeriodicRun.objects.get_or_create(name="probe")
    OutgoingMail.objects.create(
        recipient=sides["b"].lead.email, subject=canary("b", "mailsubject"), body="…"
    )


def build_sides() -> dict[str, Side]:
    """Build it all; sides by their letters."""
    desk = _person("n", "desk", people.build_national_editor)
    people.build_national_editor("zweiter-bund@example.org", first_name="Zweite")
    english = Locale.objects.get(language_code="en")
    translated(builders.national_home(), english, desk)
    index = builders.build_house_index()
    translated(index, english, desk)
    sides = {
        "a": _house("a", "Kreis Steinfurt", english, desk),
        "b": _house("b", "Landkreis Görlitz", english, desk),
    }
    media = _media("n", Collection.get_first_root_node().add_child(name="Bund"), desk)
    pages = _pages("n", builders.build_news_index(builders.national_home()), desk, media)
    nation = Side("n", desk, desk, None, **pages)
    translation, in_english = translated(pages["live"], english, desk)
    write_string(translation, "title", f"Meeting {canary('n', 'english')}")
    extra = {
        "house": builders.national_home(),
        "translation": translation,
        "in_english": in_english,
    }
    sides["n"] = _finish("n", nation, {**media, **extra})
    for side in sides.values():
        side.scratch["some_region"] = side.region or sides["a"].region
    _cross_references(sides, desk)
    _shared(sides)
    sides["n"].scratch["administrator"] = people.build_administrator(
        "ines-administration@example.org", first_name="Ines"
    )
    return sides


def build_world() -> dict[str, Any]:
    """Sides by their letters, and the session of every role that signs in."""
    sides = build_sides()
    sessions = sign_in_all(sides)
    return {"sides": {letter: vars(side) for letter, side in sides.items()}, "sessions": sessions}


def sign_in_all(sides: dict[str, Side]) -> dict[str, str]:
    """A session for every role but the anonymous."""
    users = {
        "editor": sides["a"].editor,
        "lead": sides["a"].lead,
        "other_editor": sides["b"].editor,
        "national_editor": sides["n"].editor,
        "administrator": sides["n"].administrator,
    }
    sessions = {}
    for role, user in users.items():
        client = Client()
        client.force_login(user)
        _just_confirmed(client)
        sessions[role] = client.session.session_key
    return sessions


def clients_of(sessions: dict[str, str]) -> dict[str, Client]:
    """A client for every role, signed in where there is a session."""
    clients = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, key in sessions.items():
        clients[role].cookies[settings.SESSION_COOKIE_NAME] = key
    return clients


def _just_confirmed(client: Client) -> None:
    """As if the password had just been typed again: pages of the account ask for that."""
    session = client.session
    at = (timezone.now() + LONG).timestamp()
    session[CONFIRMED] = [{"method": "password", "at": at, "reauthenticated": True}]
    session.save()

"""What addresses outside the admin are filled with: pages, files, forms, links of mails.

An unpublished thing stands for the state *draft*, what a public page offers for *live*.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import int_to_base36

from tests.isolation.world import Side

WRONG = "falsch"


@dataclass(frozen=True)
class Outside:
    """How an address with arguments is filled.

    Args:
        kind: ``pages`` (whose, and draft or live), ``houses``, ``people`` or ``nothing``.
        path: the path for a side and a state.
    """

    kind: str
    path: Callable[[Side, str], str]


def _public(side: Side, state: str, kind: str) -> Any:
    return getattr(side, f"public_{kind}" if state == "live" else kind)


def _page(side: Side, state: str) -> str:
    return (side.live if state == "live" else side.draft).get_url_parts()[2]


def _record(side: Side, state: str) -> str:
    page = side.live if state == "live" else side.draft
    return reverse("api:get_entry", args=[page.pk])


def _house(name: str) -> Outside:
    return Outside("houses", lambda side, state: reverse(name, args=[side.some_region.slug]))


def _invitation(side: Side, state: str) -> str:
    """With a wrong signature: the right one is the key for whoever has it."""
    return reverse("invitation", args=[side.invitation.uuid, WRONG])


def _preview_link(side: Side, state: str) -> str:
    """With a wrong signature, as of an invitation."""
    return reverse("preview_link", args=[side.preview_link.uuid, WRONG])


def _digest(side: Side, state: str) -> str:
    """Likewise."""
    return reverse("digest_unsubscribe", args=[side.digest.uuid, WRONG])


def _first_section(side: Side, state: str) -> str:
    """Of a page that is no check."""
    page = side.live if state == "live" else side.draft
    return reverse("check_begin", args=[page.pk, 1])


def _no_check(name: str) -> Callable[[Side, str], str]:
    """Of a page that is no check."""
    return lambda side, state: reverse(
        name, args=[(side.live if state == "live" else side.draft).pk]
    )


def _form(name: str) -> Callable[[Side, str], str]:
    """Of a form, public or not."""
    return lambda side, state: reverse(name, args=[_public(side, state, "form").pk])


def _run(name: str, *arguments: object) -> Outside:
    """A page of a self-check with a wrong signature, as of an invitation."""
    return Outside(
        "houses",
        lambda side, state: reverse(name, args=[side.check_run.uuid, WRONG, *arguments]),
    )


def _new_password(side: Side, state: str) -> str:
    """The link of somebody's mail, with a wrong key."""
    number = int_to_base36(side.editor.pk)
    return reverse("account_reset_password_from_key", args=[number, WRONG])


def _password_of_page(side: Side, state: str) -> str:
    page = side.live if state == "live" else side.draft
    return reverse("wagtailcore_authenticate_with_password", args=[1, page.pk])


OUTSIDE: dict[str, Outside] = {
    "wagtail_serve": Outside("pages", _page),
    "wagtaildocs_serve": Outside("pages", lambda side, state: _public(side, state, "document").url),
    "uploaded_file": Outside(
        "pages", lambda side, state: f"/media/{_public(side, state, 'image').file.name}"
    ),
    # Its address holds a secret; who knows it has it from somebody who may see the picture.
    "scaled_picture": Outside(
        "pages", lambda side, state: _public(side, state, "image").get_rendition("width-20").url
    ),
    "house_enquiry": _house("house_enquiry"),
    "house_enquiry_thanks": _house("house_enquiry_thanks"),
    "propose_network": _house("propose_network"),
    "invitation": Outside("houses", _invitation),
    "digest_unsubscribe": Outside("people", _digest),
    "preview_link": Outside("houses", _preview_link),
    "check_begin": Outside("pages", _first_section),
    "check_embedded": Outside("pages", _no_check("check_embedded")),
    "check_paper": Outside("pages", _no_check("check_paper")),
    "check_blank": Outside("pages", _no_check("check_blank")),
    "check_week": Outside("pages", _no_check("check_week")),
    "pdf_check_blank": Outside("pages", _no_check("pdf_check_blank")),
    "form_fill_in": Outside("pages", _form("form_fill_in")),
    "form_sent": Outside("pages", _form("form_sent")),
    "check_section": _run("check_section", 1),
    "check_measure": _run("check_measure", 1),
    **{
        name: _run(name)
        for name in (
            "check_run",
            "check_result",
            "check_handover",
            "check_handed_over",
            "check_delete",
            "check_print",
            "check_renew",
            "check_plan",
            "check_measure_new",
            "check_plan_calendar",
            "check_comparison",
            "check_repeat",
            "check_mail_link",
            "check_link_mailed",
            "check_reminder",
            "check_reminder_asked",
            "pdf_check_print",
            "pdf_check_result",
            "pdf_check_plan",
            "plan_reminder",
            "plan_reminder_leave",
        )
    },
    "account_reset_password_from_key": Outside("people", _new_password),
    "wagtailcore_authenticate_with_password": Outside("pages", _password_of_page),
    "wagtaildocs_authenticate_with_password": Outside(
        "nothing", lambda side, state: reverse("wagtaildocs_authenticate_with_password", args=[1])
    ),
    "api:get_entry": Outside("pages", _record),
    "api:get_house": _house("api:get_house"),
    "sitemap_section": Outside(
        "nothing", lambda side, state: reverse("sitemap_section", args=["uebersicht", "de"])
    ),
}

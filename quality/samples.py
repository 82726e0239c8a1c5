"""Values for the parts of addresses that no one can guess, by the name of the address."""

import datetime
import uuid
from collections.abc import Callable
from itertools import cycle

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from wagtail.query import PageQuerySet

from checks.definition import GREEN, NEED, RED, YELLOW
from checks.filling.links import RUN_LINK
from checks.models import (
    CheckRun,
    CheckWeekPage,
    EarlierRound,
    FormPage,
    Measure,
    PlanReminder,
    SelfCheckPage,
)
from checks.plan.reminders import CONFIRM_LINK, LEAVE_LINK
from cms.dashboard.digests import DIGEST_LINK
from cms.models import Digest
from cms.signed_links import Record, SignedLink
from demo.builders import build_invitation, build_news
from demo.builders.checks import build_check_week, build_form_page, build_run
from demo.review import publish
from funding.choices import TOGETHER
from funding.models import FundingPage
from funding.shortlist import SHORTLIST_VIEW, Shortlist
from news.models import NewsIndexPage
from regions.models import HousePage, Region
from regions.people.access import active_members, leads_among
from regions.people.invitation_links import INVITATION_LINK
from workflows.models import PreviewLink
from workflows.preview_links import links as preview_links

#: The parts of an address for each state worth a look; "" is the one a visitor expects.
Parts = dict[str, dict[str, object]]

_REGION = "kreis-steinfurt"
_RATINGS = (GREEN, YELLOW, RED)
_HALF_A_YEAR = datetime.timedelta(days=182)


def _of_region() -> Parts:
    return {"": {"slug": _REGION}}


def _invitation() -> Parts:
    region = Region.objects.get(slug=_REGION)
    people = active_members(region)
    lead = people.get(pk=min(leads_among(region, people)))
    address = "eingeladen@example.org"
    found = region.invitations.filter(email=address).first()
    found = found or build_invitation(region, lead, email=address)
    return _signed(found, INVITATION_LINK)


def _signed(record: Record, link: SignedLink[Record]) -> Parts:
    return {
        "": {"key": record.uuid, "signature": link.signature(record)},
        "invalid": {"key": uuid.UUID(int=0), "signature": "0"},
    }


def _preview_link() -> Parts:
    """To a page that is not public: another link leads away."""
    found = PreviewLink.objects.filter(page__live=False).first()
    if found is None:
        user = get_user_model().objects.order_by("pk")[0]
        index = NewsIndexPage.objects.live().order_by("pk")[0]
        draft = index.get_children().filter(live=False).first()
        draft = draft or build_news(index, user, title="Nur mit Link", slug="nur-mit-link")
        found = preview_links.create(draft.specific, user, "Bäckerei Müller", 30)
    return _signed(found, preview_links.PREVIEW_LINK)


def _digest() -> Parts:
    user = get_user_model().objects.order_by("pk")[0]
    return _signed(Digest.objects.get_or_create(user=user, kind=Digest.Kind.WEEKLY)[0], DIGEST_LINK)


def _password() -> Parts:
    user = get_user_model().objects.order_by("pk")[0]
    key = default_token_generator.make_token(user)
    return {
        "": {"uidb36": user_pk_to_url_str(user), "key": key},
        "invalid": {"uidb36": "1", "key": "abgelaufen"},
    }


def shortlist() -> str:
    """What asks for the comparison of three programmes, as the end of an address."""
    pages = FundingPage.objects.live().filter(locale__language_code="de").order_by("pk")
    chosen = Shortlist(tuple(pages.values_list("pk", flat=True)[:3]))
    return urlencode({"wer": TOGETHER, **chosen.parameters, **SHORTLIST_VIEW})


def _check() -> SelfCheckPage:
    """In the language that is asked for: an address of another one leads there."""
    page: SelfCheckPage = _in_language(SelfCheckPage.objects.live()).order_by("pk")[0]
    return page


def _in_language(pages: PageQuerySet) -> PageQuerySet:
    found = pages.filter(locale__language_code=get_language())
    return found if found.exists() else pages.filter(locale__language_code="de")


def _check_begin() -> Parts:
    return {"": {"page_id": _check().pk, "number": 1}}


def _finished_run() -> CheckRun:
    """With needs of every urgency, a measure, and a round before this one."""
    page = _check()
    found = CheckRun.objects.filter(version__page=page, earlier_rounds__isnull=False).first()
    if found is None:
        needs = [
            item for item in page.current_version().definition.items() if item.field_type == NEED
        ]
        now = dict(zip((item.clean_name for item in needs), cycle(_RATINGS), strict=False))
        then = dict.fromkeys(now, YELLOW)
        moment = timezone.now()
        found = build_run(page, answers=now, finished_at=moment, round_began_in=1, step=2)
        EarlierRound.objects.create(
            run=found,
            version=found.version,
            answers=then,
            started_at=moment - _HALF_A_YEAR,
            finished_at=moment - _HALF_A_YEAR,
        )
        Measure.objects.create(run=found, text="Ausschreibung abstimmen")
    return found


def _check_page() -> Parts:
    return {"": {"page_id": _check().pk}}


def _check_run(**parts: object) -> Parts:
    run = _finished_run()
    return {
        "": {"key": run.uuid, "signature": RUN_LINK.signature(run), **parts},
        "invalid": {"key": uuid.UUID(int=0), "signature": "0", **parts},
    }


def _reminder(link: SignedLink[PlanReminder] = CONFIRM_LINK) -> Parts:
    kept, _made = PlanReminder.objects.get_or_create(
        run=_finished_run(), defaults={"email": "jemand@example.org"}
    )
    return _signed(kept, link)


def _reminder_end() -> Parts:
    return _reminder(LEAVE_LINK)


def _check_measure() -> Parts:
    return _check_run(measure_id=_finished_run().measures.earliest("pk").pk)


def _check_section() -> Parts:
    return _check_run(number=1)


def _form_page() -> Parts:
    page = _in_language(FormPage.objects.live()).order_by("pk").first()
    if page is None:
        user = get_user_model().objects.order_by("pk")[0]
        page = publish(build_form_page(user=user), user)
    return {"": {"page_id": page.pk}}


def _check_week() -> Parts:
    page = CheckWeekPage.objects.live().order_by("pk").first()
    if page is None:
        user = get_user_model().objects.order_by("pk")[0]
        house = HousePage.objects.live().filter(locale__language_code="de").order_by("pk")[0]
        page = publish(build_check_week(house, user, self_check=_check()), user)
    return {"": {"page_id": page.pk}}


SAMPLES: dict[str, Callable[[], Parts]] = {
    "house_enquiry": _of_region,
    "house_enquiry_thanks": _of_region,
    "propose_network": _of_region,
    "invitation": _invitation,
    "preview_link": _preview_link,
    "digest_unsubscribe": _digest,
    "account_reset_password_from_key": _password,
    "form_fill_in": _form_page,
    "form_sent": _form_page,
    "check_week": _check_week,
    "check_begin": _check_begin,
    "check_embedded": _check_page,
    "check_paper": _check_page,
    "check_blank": _check_page,
    "check_run": _check_run,
    "check_section": _check_section,
    "check_result": _check_run,
    "check_handover": _check_run,
    "check_handed_over": _check_run,
    "check_delete": _check_run,
    "check_print": _check_run,
    "check_renew": _check_run,
    "check_mail_link": _check_run,
    "check_link_mailed": _check_run,
    "check_plan": _check_run,
    "check_plan_calendar": _check_run,
    "check_measure_new": _check_run,
    "check_measure": _check_measure,
    "check_reminder": _check_run,
    "check_reminder_asked": _check_run,
    "plan_reminder": _reminder,
    "plan_reminder_leave": _reminder_end,
    "check_comparison": _check_run,
    "check_repeat": _check_run,
}

#: How names begin whose address belongs to one language, that of the record.
OF_A_LANGUAGE = ("check_", "form_", "plan_reminder")
